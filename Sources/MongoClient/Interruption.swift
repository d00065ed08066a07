import Documents
import Synchronization

/// A means for a cancelled task to interrupt an operation that a thread waits for.
///
/// Each operation runs in a session on the server, which can be told to end that session's work. The session serves
/// other operations later, so the thread does not give it back while its work is being ended.
final class Interruption: Sendable {
    private enum State {
        /// The thread has not asked the server yet.
        case pending
        /// The server may be working in the session with this identity.
        case running(BSONDocument)
        case over
    }

    private let state = Mutex(State.pending)

    /// Records that the thread is about to send a request to the server.
    ///
    /// - Returns: false when nobody waits for the answer any more.
    func begin(in session: BSONDocument) -> Bool {
        state.withLock { state in
            guard case .pending = state else { return false }
            state = .running(session)
            return true
        }
    }

    /// Records that the thread has its answer. This waits while the session's work is being ended.
    func end() {
        state.withLock { $0 = .over }
    }

    /// Records that nobody waits for the operation any more, and ends it if it is running.
    ///
    /// - Parameter kill: ends everything that the server does in a session.
    /// - Returns: whether the server may still be working: it may have received the order to end before the request.
    func interrupt(_ kill: (BSONDocument) -> Void) -> Bool {
        state.withLock { state in
            guard case .running(let session) = state else {
                state = .over
                return false
            }
            kill(session)
            return true
        }
    }
}

import Documents
import Synchronization

/// Lets a task that is cancelled interrupt an operation that a thread waits for.
///
/// Each operation runs in a session of the server's, by which it can be ended there. The session serves other operations later, so as long
/// as it is being ended, the thread does not give it back.
final class Interruption: Sendable {
    private enum State {
        /// The thread has not asked the server yet.
        case pending
        /// The server may be at work in the session of that identity.
        case running(BSONDocument)
        case over
    }

    private let state = Mutex(State.pending)

    /// The thread is about to ask the server.
    ///
    /// - Returns: false when nobody waits for the answer any more.
    func begin(in session: BSONDocument) -> Bool {
        state.withLock { state in
            guard case .pending = state else { return false }
            state = .running(session)
            return true
        }
    }

    /// The thread has its answer. This waits while the session is being ended.
    func end() {
        state.withLock { $0 = .over }
    }

    /// Nobody waits for the operation any more.
    ///
    /// - Parameter kill: ends all that the server does in a session.
    /// - Returns: whether the server may be at work all the same: it may have been told before it was asked.
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

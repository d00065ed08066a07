import Synchronization
import WorkerProtocol

/// The task of the call that runs, so that the control thread can cancel it.
final class CurrentCall: Sendable {
    private struct State {
        var id: ActivationID?
        var task: Task<Void, Never>?
        /// The last call that was to be cancelled: the word may come before the call, which comes another way.
        var cancelled: ActivationID?
    }

    private let state = Mutex(State())

    /// Says which call runs now, and its task.
    func begin(_ id: ActivationID, _ task: Task<Void, Never>) {
        let isCancelled = state.withLock { state in
            state.id = id
            state.task = task
            return state.cancelled == id
        }
        if isCancelled { task.cancel() }
    }

    /// Says that no call runs now.
    func end() {
        state.withLock { $0 = State(cancelled: $0.cancelled) }
    }

    /// Cancels that call, and no other that runs by now.
    func cancel(_ id: ActivationID) {
        let task = state.withLock { state in
            state.cancelled = id
            return state.id == id ? state.task : nil
        }
        task?.cancel()
    }
}

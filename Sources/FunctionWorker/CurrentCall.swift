import Synchronization
import WorkerProtocol

/// The task of the running call, kept so that the control thread can cancel it.
final class CurrentCall: Sendable {
    private struct State {
        var id: ActivationID?
        var task: Task<Void, Never>?
        /// The last call whose cancellation was requested. The message may arrive before the call, because it comes
        /// through another pipe.
        var cancelled: ActivationID?
    }

    private let state = Mutex(State())

    /// Records the call that runs now and its task, and cancels the task if that was requested before.
    func begin(_ id: ActivationID, _ task: Task<Void, Never>) {
        let isCancelled = state.withLock { state in
            state.id = id
            state.task = task
            return state.cancelled == id
        }
        if isCancelled { task.cancel() }
    }

    /// Records that no call runs now.
    func end() {
        state.withLock { $0 = State(cancelled: $0.cancelled) }
    }

    /// Cancels the given call, but not another one that runs by now.
    func cancel(_ id: ActivationID) {
        let task = state.withLock { state in
            state.cancelled = id
            return state.id == id ? state.task : nil
        }
        task?.cancel()
    }
}

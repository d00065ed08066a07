import Synchronization

/// The task of the call that runs, so that the control thread can cancel it.
final class CurrentCall: Sendable {
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// Names the task of the call that runs now; nil between calls.
    func set(_ new: Task<Void, Never>?) {
        task.withLock { $0 = new }
    }

    /// Cancels the call that runs, if any.
    func cancel() {
        task.withLock { $0 }?.cancel()
    }
}

import Synchronization

/// Changes on their way to the one task that reads them; those that nobody has read yet are merged into one element.
final class ChangeInbox: Sendable {
    private struct State {
        var unread: FileChanges?
        var reader: CheckedContinuation<FileChanges?, Never>?
        var isFinished = false

        mutating func takeReader() -> CheckedContinuation<FileChanges?, Never>? {
            defer { reader = nil }
            return reader
        }
    }

    private let state = Mutex(State())

    /// Hands changes to the reader, or keeps them for it.
    func deliver(_ changes: FileChanges) {
        let reader: CheckedContinuation<FileChanges?, Never>? = state.withLock { state in
            if let reader = state.takeReader() { return reader }
            if state.unread == nil { state.unread = changes } else { state.unread?.merge(changes) }
            return nil
        }
        reader?.resume(returning: changes)
    }

    /// Lets the reader finish once it has read what is there.
    func finish() {
        let reader = state.withLock { state in
            state.isFinished = true
            return state.takeReader()
        }
        reader?.resume(returning: nil)
    }

    /// Waits for changes; nil when finished, or when the task is cancelled, or when another task reads from now on.
    func next() async -> FileChanges? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { reader in
                let (earlier, answer) = register(reader)
                earlier?.resume(returning: nil)
                if let answer { reader.resume(returning: answer) }
            }
        } onCancel: {
            state.withLock { $0.takeReader() }?.resume(returning: nil)
        }
    }

    /// Makes `reader` the one that waits, or gives its answer at once (`.some(nil)`: there will be none).
    private func register(
        _ reader: CheckedContinuation<FileChanges?, Never>
    ) -> (earlier: CheckedContinuation<FileChanges?, Never>?, answer: FileChanges??) {
        state.withLock { state in
            let earlier = state.takeReader()
            if let unread = state.unread {
                state.unread = nil
                return (earlier, .some(unread))
            }
            if state.isFinished || Task.isCancelled { return (earlier, .some(nil)) }
            state.reader = reader
            return (earlier, nil)
        }
    }
}

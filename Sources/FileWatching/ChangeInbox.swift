import Synchronization

/// An inbox for the one task that reads changes. Changes that nobody has read yet are merged into one element.
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

    /// Hands changes to the waiting reader, or keeps them for the next one.
    func deliver(_ changes: FileChanges) {
        let reader: CheckedContinuation<FileChanges?, Never>? = state.withLock { state in
            if let reader = state.takeReader() { return reader }
            if state.unread == nil { state.unread = changes } else { state.unread?.merge(changes) }
            return nil
        }
        reader?.resume(returning: changes)
    }

    /// Ends the sequence once the reader has read the remaining changes.
    func finish() {
        let reader = state.withLock { state in
            state.isFinished = true
            return state.takeReader()
        }
        reader?.resume(returning: nil)
    }

    /// Waits for changes. Returns nil when the sequence ends, when the task is cancelled, or when another task takes
    /// over reading.
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

    /// Makes `reader` the one that waits, or returns its answer at once, where `.some(nil)` means that no changes
    /// will come.
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

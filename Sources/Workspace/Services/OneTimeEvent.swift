import Synchronization

/// An event that occurs at most once.
final class OneTimeEvent: Sendable {
    private struct State {
        var hasOccurred = false
        var handlers: [Int: @Sendable () -> Void] = [:]
        var count = 0
    }

    private let state = Mutex(State())

    var hasOccurred: Bool { state.withLock(\.hasOccurred) }

    /// Records that the event has occurred.
    func occur() {
        let handlers = state.withLock { state in
            state.hasOccurred = true
            defer { state.handlers = [:] }
            return state.handlers.values
        }
        for handler in handlers { handler() }
    }

    /// Runs an operation, and calls the closure once if the event has occurred or occurs in the meantime.
    func during<Result>(
        _ operation: () async throws -> Result, onOccurrence: @escaping @Sendable () -> Void
    ) async rethrows -> Result {
        let id = state.withLock { state in
            state.count += 1
            if !state.hasOccurred { state.handlers[state.count] = onOccurrence }
            return state.hasOccurred ? nil : state.count
        }
        guard let id else {
            onOccurrence()
            return try await operation()
        }
        defer { state.withLock { _ = $0.handlers.removeValue(forKey: id) } }
        return try await operation()
    }

    /// Waits until the event has occurred, or until the task is cancelled.
    func wait() async {
        // Each waiter has a stream of its own, because cancelling one waiter ends its stream for all.
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        await during {
            for await _ in stream {}
        } onOccurrence: {
            continuation.finish()
        }
    }
}

import Synchronization

/// Something that occurs once, and has occurred from then on.
final class OneTimeEvent: Sendable {
    private struct State {
        var hasOccurred = false
        var handlers: [Int: @Sendable () -> Void] = [:]
        var count = 0
    }

    private let state = Mutex(State())

    var hasOccurred: Bool { state.withLock(\.hasOccurred) }

    /// Says that it has occurred.
    func occur() {
        let handlers = state.withLock { state in
            state.hasOccurred = true
            defer { state.handlers = [:] }
            return state.handlers.values
        }
        for handler in handlers { handler() }
    }

    /// Runs an operation, and does something else once if the event occurs meanwhile or has occurred.
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

    /// Waits until it has occurred, or until the task is cancelled.
    func wait() async {
        // A stream of its own: the cancellation of one who waits ends the stream for all.
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        await during {
            for await _ in stream {}
        } onOccurrence: {
            continuation.finish()
        }
    }
}

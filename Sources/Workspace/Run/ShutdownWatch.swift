import Engine

/// Sees to it that the emulator ends in time: calls in flight may finish, but not for ever, and a second signal ends them at once.
///
/// The services stop by themselves at the first signal, each once nothing holds it. What holds them after the calls are over, such as a
/// request that never comes whole, is left: the process ends without them.
struct ShutdownWatch: Sendable {
    let engine: Engine
    /// How long calls in flight may take to finish.
    let grace: Duration

    /// How long the services may take once no call is in flight.
    private static let rest = Duration.seconds(1)
    private static let interval = Duration.milliseconds(20)

    /// Watches until it is cancelled, which is to be done when the services have stopped, or ends the process.
    ///
    /// - Parameters:
    ///   - terminations: the signals to end.
    ///   - stop: given at the first of them.
    func run(_ terminations: AsyncStream<Void>, stop: OneTimeEvent) async {
        let (events, event) = AsyncStream.makeStream(of: Void.self)
        let signals = Task {
            for await _ in terminations { event.yield() }
        }
        defer { signals.cancel() }
        var signal = events.makeAsyncIterator()
        guard await signal.next() != nil else { return }
        stop.occur()
        let calls = Task {
            await finishCalls()
            event.yield()
        }
        // The second signal, or the end of the calls.
        _ = await signal.next()
        calls.cancel()
        guard !Task.isCancelled else { return }
        try? await engine.stop()
        guard (try? await Task.sleep(for: Self.rest)) != nil else { return }
        ProcessExit.now(0)
    }

    private func finishCalls() async {
        let deadline = ContinuousClock.now + grace
        while ContinuousClock.now < deadline, (try? await engine.callsInFlight) ?? 0 > 0 {
            guard (try? await Task.sleep(for: Self.interval)) != nil else { return }
        }
    }
}

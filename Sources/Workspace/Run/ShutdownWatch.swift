import Engine

/// A watch that makes the emulator end in time. Calls in flight may finish, but not without limit, and a second
/// signal ends them at once.
///
/// The services stop by themselves at the first signal, as soon as nothing keeps them from it. If something still does
/// after the calls have ended, such as a request that never arrives completely, the process ends without waiting for
/// it.
struct ShutdownWatch: Sendable {
    let engine: Engine
    let output: TerminalOutput
    /// The longest time for calls in flight to finish.
    let grace: Duration

    /// The longest time for the services to stop once no call is in flight.
    private static let rest = Duration.seconds(1)
    private static let interval = Duration.milliseconds(20)

    /// Watches until the task is cancelled, or ends the process. The caller must cancel the task when the services
    /// have stopped.
    ///
    /// - Parameters:
    ///   - terminations: the signals that tell the emulator to end.
    ///   - stop: the event that occurs at the first of them.
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
        // This is either the second signal or the end of the calls.
        _ = await signal.next()
        calls.cancel()
        guard !Task.isCancelled else { return }
        try? await engine.stop()
        guard (try? await Task.sleep(for: Self.rest)) != nil else { return }
        output.exit(0)
    }

    private func finishCalls() async {
        let deadline = ContinuousClock.now + grace
        while ContinuousClock.now < deadline, (try? await engine.callsInFlight) ?? 0 > 0 {
            guard (try? await Task.sleep(for: Self.interval)) != nil else { return }
        }
    }
}

import Failures

/// A long-running part of the emulator.
protocol Service: Sendable {
    /// Runs until `stop` occurs, ends the work in progress, and returns.
    func run(until stop: OneTimeEvent) async throws
}

/// Services that run side by side.
struct Services {
    /// Starts all services at once. When `stop` occurs, stops them one after the other, beginning with the last one.
    ///
    /// - Throws: the error of the first service that fails, once the tasks of all others are cancelled and have
    ///   ended, or ``Failure`` if a service ends although it was not told to.
    static func run(_ services: [any Service], until stop: OneTimeEvent) async throws {
        let signals = services.map { _ in OneTimeEvent() }
        try await withThrowingTaskGroup(of: Int?.self) { group in
            for (index, service) in services.enumerated() {
                group.addTask {
                    try await service.run(until: signals[index])
                    return index
                }
            }
            group.addTask {
                await stop.wait()
                return nil
            }
            var running = Set(services.indices)
            while !running.isEmpty, let ended = try await group.next() {
                if let ended { running.remove(ended) }
                try Task.checkCancellation()
                guard stop.hasOccurred else {
                    let name = ended.map { "\(type(of: services[$0]))" } ?? ""
                    throw Failure(.internalError, "\(name) ended by itself")
                }
                running.max().map { signals[$0].occur() }
            }
            group.cancelAll()
        }
    }
}

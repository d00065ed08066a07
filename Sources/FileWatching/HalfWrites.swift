/// The files that are apparently being written, each with the time of its last event.
struct HalfWrites: Sendable {
    /// The time without events after which a file counts as written.
    let quiet: Duration

    private var lastEvents: [String: ContinuousClock.Instant] = [:]

    init(quiet: Duration) {
        self.quiet = quiet
    }

    /// Notes that a file was written and not closed, or was emptied.
    mutating func note(_ path: String, at now: ContinuousClock.Instant) { lastEvents[path] = now }

    /// Forgets a file that was closed with contents or is gone.
    mutating func finish(_ path: String) { lastEvents[path] = nil }

    /// Returns the time until all files count as written if nothing more happens, or nil if there is nothing to wait
    /// for.
    mutating func remaining(at now: ContinuousClock.Instant) -> Duration? {
        if lastEvents.isEmpty { return nil }
        lastEvents = lastEvents.filter { now - $0.value < quiet }
        return lastEvents.values.max().map { quiet - (now - $0) }
    }
}

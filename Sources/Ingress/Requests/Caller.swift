/// Whoever waits for a call's answer. Lives on the event loop.
final class Caller {
    /// Whether its connection has closed.
    private(set) var hasGone = false
    /// Told once when the connection closes; at most one call listens at a time.
    var whenGone: (() -> Void)?

    /// Says that the connection has closed.
    func goes() {
        hasGone = true
        whenGone?()
        whenGone = nil
    }
}

import Foundation
import Glibc

/// The longest time that a test waits for something that must happen. It ends hangs, and is generous to machines that
/// are busy with other work.
///
/// The environment variable `TEST_PATIENCE` sets it, in seconds.
package let patience = Duration.seconds(ProcessInfo.processInfo.environment["TEST_PATIENCE"].flatMap { Int($0) } ?? 300)

/// An error for waiting longer than the ``patience``.
package struct TimedOut: Error, CustomStringConvertible {
    let what: String

    package init(what: String) { self.what = what }

    package var description: String { "Timed out waiting until \(what)" }
}

/// Calls a closure again and again until it returns a value, and blocks the thread in the meantime.
///
/// - Parameters:
///   - what: the event to wait for, as the end of "Timed out waiting until …".
///   - factor: the number of times the ``patience`` that it may take.
///   - body: a closure that returns nil to be called again.
/// - Throws: ``TimedOut``, or immediately any error that `body` throws.
@discardableResult
package func poll<Value>(_ what: String, patienceTimes factor: Int = 1, _ body: () throws -> Value?) throws -> Value {
    let deadline = ContinuousClock.now + patience * factor
    repeat {
        if let value = try body() { return value }
        usleep(5_000)
    } while ContinuousClock.now < deadline
    throw TimedOut(what: what)
}

/// Calls a closure again and again until it returns true, and blocks the thread in the meantime.
package func poll(_ what: String, _ holds: () throws -> Bool) throws {
    try poll(what) { try holds() ? true : nil }
}

/// Calls a closure again and again until it returns true, and lets others use the thread in the meantime.
package func eventually(_ what: String, _ holds: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + patience
    repeat {
        if try await holds() { return }
        try await Task.sleep(for: .milliseconds(5))
    } while ContinuousClock.now < deadline
    throw TimedOut(what: what)
}

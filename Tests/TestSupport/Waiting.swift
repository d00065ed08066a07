import Foundation
import Glibc

/// How long a test waits for what must come: it ends hangs, and is generous for machines that are busy with other work.
///
/// The environment variable `TEST_PATIENCE` sets it, in seconds.
package let patience = Duration.seconds(ProcessInfo.processInfo.environment["TEST_PATIENCE"].flatMap { Int($0) } ?? 300)

/// Something that was waited for longer than the ``patience``.
package struct TimedOut: Error, CustomStringConvertible {
    let what: String

    package init(what: String) { self.what = what }

    package var description: String { "Timed out waiting until \(what)" }
}

/// Asks again and again until there is an answer, and blocks the thread meanwhile.
///
/// - Parameters:
///   - what: What is waited for, as the end of "Timed out waiting until …".
///   - factor: How many times the ``patience`` it may take.
///   - body: Nil to be asked again.
/// - Throws: ``TimedOut``, and what `body` throws, at once.
@discardableResult
package func poll<Value>(_ what: String, patienceTimes factor: Int = 1, _ body: () throws -> Value?) throws -> Value {
    let deadline = ContinuousClock.now + patience * factor
    repeat {
        if let value = try body() { return value }
        usleep(5_000)
    } while ContinuousClock.now < deadline
    throw TimedOut(what: what)
}

/// Asks again and again until something holds, and blocks the thread meanwhile.
package func poll(_ what: String, _ holds: () throws -> Bool) throws {
    try poll(what) { try holds() ? true : nil }
}

/// Asks again and again until something holds, and gives the thread to others meanwhile.
package func eventually(_ what: String, _ holds: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + patience
    repeat {
        if try await holds() { return }
        try await Task.sleep(for: .milliseconds(5))
    } while ContinuousClock.now < deadline
    throw TimedOut(what: what)
}

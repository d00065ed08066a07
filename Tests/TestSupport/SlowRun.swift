import Foundation
package import Testing

/// Whether this run is `make test-slow`.
package let isSlowRun = ProcessInfo.processInfo.environment["SLOW_TESTS"] == "1"

/// How often a test repeats something.
///
/// - Parameters:
///   - all: In `make test-slow`.
///   - quick: In `make test`.
package func rounds(_ all: Int, quick: Int) -> Int { isSlowRun ? all : quick }

extension Trait where Self == ConditionTrait {
    /// Leaves a test to `make test-slow`.
    package static var slow: Self { .enabled(if: isSlowRun, "It takes minutes: make test-slow runs it") }
}

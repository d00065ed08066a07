import Foundation
package import Testing

/// Whether this run is one of `make test-slow`.
package let isSlowRun = ProcessInfo.processInfo.environment["SLOW_TESTS"] == "1"

/// Returns the number of times that a test repeats something.
///
/// - Parameters:
///   - all: the number in `make test-slow`.
///   - quick: the number in `make test`.
package func rounds(_ all: Int, quick: Int) -> Int { isSlowRun ? all : quick }

extension Trait where Self == ConditionTrait {
    /// A trait that leaves a test to `make test-slow`.
    package static var slow: Self { .enabled(if: isSlowRun, "It takes minutes: make test-slow runs it") }
}

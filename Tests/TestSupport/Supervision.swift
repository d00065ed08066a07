import Foundation
import Synchronization
package import Testing

/// A trait that lets a test block its thread, ends the test run when a test hangs despite its ``patience``, and
/// records the time of each test.
package struct Supervision: SuiteTrait, TestTrait, TestScoping {
    /// The longest time for a test, which may have to wait more than once.
    private static let limit = patience * 4

    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        let start = ContinuousClock.now
        defer { TestTimes.add(.now - start, of: test) }
        let watch = Task.detached {
            try await Task.sleep(for: Self.limit)
            // Nothing else can end a thread that blocks.
            FileHandle.standardError.write(Data("error: \(test.id) has not ended in \(Self.limit)\n".utf8))
            _exit(70)
        }
        defer { watch.cancel() }
        try await withTaskExecutorPreference(BlockingExecutor.shared) { try await function() }
    }
}

extension Trait where Self == Supervision {
    package static var supervised: Self { Supervision() }
}

/// A record of the tests' times in the file that the environment variable `TEST_TIMES` names.
///
/// Each line has the seconds, the identifier of the test, and the step. Swift Testing's own times include the time
/// that a test waits for its turn when tests run side by side.
package enum TestTimes {
    private static let file = Mutex(
        ProcessInfo.processInfo.environment["TEST_TIMES"].flatMap { path in
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            return FileHandle(forWritingAtPath: path)
        })

    /// Adds a time to the record.
    ///
    /// - Parameter step: a part of the test that is counted separately.
    package static func add(_ duration: Duration, of test: Test, _ step: String = "") {
        file.withLock { file in
            try? file?.write(contentsOf: Data("\(duration / .seconds(1))\t\(test.id)\t\(step)\n".utf8))
        }
    }
}

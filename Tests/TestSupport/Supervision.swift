import Foundation
import Synchronization
package import Testing

/// Lets a test block its thread, ends the tests when one hangs in spite of its ``patience``, and notes each one's time.
package struct Supervision: SuiteTrait, TestTrait, TestScoping {
    /// More than one wait of a test may have to come to its end.
    private static let limit = patience * 4

    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        let start = ContinuousClock.now
        defer { TestTimes.add(.now - start, of: test) }
        let watch = Task.detached {
            try await Task.sleep(for: Self.limit)
            // Nothing else ends a thread that blocks.
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

/// Seconds and the id of a test, a line each, in the file that the environment variable `TEST_TIMES` names.
///
/// Swift Testing's own times of tests that run side by side include their wait for a turn.
package enum TestTimes {
    private static let file = Mutex(
        ProcessInfo.processInfo.environment["TEST_TIMES"].flatMap { path in
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            return FileHandle(forWritingAtPath: path)
        })

    /// - Parameter step: a part of a test that is counted by itself.
    package static func add(_ duration: Duration, of test: Test, _ step: String = "") {
        file.withLock { file in
            try? file?.write(contentsOf: Data("\(duration / .seconds(1))\t\(test.id)\t\(step)\n".utf8))
        }
    }
}

import Glibc
import Synchronization
import TestSupport
import Testing

/// One running workspace for all tests of a suite, shared with other suites that need the same.
struct SharedWorkspace: SuiteTrait, TestScoping {
    let files: [String: String]
    let documentStore: String

    /// The workspace of the running test's suite.
    @TaskLocal static var current: RunningWorkspace?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        let start = ContinuousClock.now
        let workspace = try await RunningWorkspaces.shared.take(self)
        TestTimes.add(.now - start, of: test, "the workspace")
        do {
            try await Self.$current.withValue(workspace) { try await function() }
            await RunningWorkspaces.shared.giveBack(self)
        } catch {
            await RunningWorkspaces.shared.giveBack(self)
            throw error
        }
    }

    /// Returns the workspace of the suite.
    static func get() throws -> RunningWorkspace { try #require(current) }
}

extension SharedWorkspace: Hashable {}

/// The workspaces that suites share; each starts with the first suite that needs it, and ends with the last.
private actor RunningWorkspaces {
    static let shared = RunningWorkspaces()
    private var entries: [SharedWorkspace: (start: Task<RunningWorkspace, any Error>, users: Int)] = [:]

    func take(_ wanted: SharedWorkspace) async throws -> RunningWorkspace {
        let start =
            entries[wanted]?.start
            ?? Task.detached {
                try await onOwnThread {
                    let workspace = try RunningWorkspace(
                        wanted.files, environment: ["DOCUMENT_STORE": wanted.documentStore])
                    try workspace.waitUntilBuilt()
                    return workspace
                }
            }
        entries[wanted] = (start, (entries[wanted]?.users ?? 0) + 1)
        return try await start.value
    }

    func giveBack(_ wanted: SharedWorkspace) async {
        guard let entry = entries[wanted] else { return }
        entries[wanted] = entry.users > 1 ? (entry.start, entry.users - 1) : nil
        guard entry.users == 1, let workspace = try? await entry.start.value else { return }
        _ = try? await onOwnThread { workspace.stop(SIGKILL) }
    }
}

extension Trait where Self == SharedWorkspace {
    /// Runs the suite's tests on one workspace with these files, which the suites must not change.
    ///
    /// - Parameter documentStore: the value of the setting with that name.
    static func workspace(_ files: [String: String], documentStore: String = "none") -> SharedWorkspace {
        SharedWorkspace(files: files, documentStore: documentStore)
    }
}

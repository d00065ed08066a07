import Glibc
import Testing

/// One running workspace for all tests of a suite, ended with it.
struct SharedWorkspace: SuiteTrait, TestScoping {
    let files: [String: String]
    let documentStore: String

    /// The workspace of the suite whose test runs.
    @TaskLocal static var current: RunningWorkspace?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        let workspace = try RunningWorkspace(files, environment: ["DOCUMENT_STORE": documentStore])
        defer { workspace.stop(SIGKILL) }
        try workspace.waitUntilBuilt()
        try await Self.$current.withValue(workspace) { try await function() }
    }

    /// The workspace of the suite.
    static func get() throws -> RunningWorkspace { try #require(current) }
}

extension Trait where Self == SharedWorkspace {
    /// Runs the suite's tests on one workspace of these files.
    ///
    /// - Parameter documentStore: the setting of that name.
    static func workspace(_ files: [String: String], documentStore: String = "none") -> SharedWorkspace {
        SharedWorkspace(files: files, documentStore: documentStore)
    }
}

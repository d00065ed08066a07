import TestSupport
import Testing
import Values

/// Tests of the rules of time: the events that a call waits for, and those that end it.
@Suite(.supervised, .tags(.large))
struct WaitingTests {
    private static let files = [
        "functions/t.swift": """
        import CloudFunctions

        @Exposed func nap(_ context: FunctionContext) async throws { try await Task.sleep(for: .milliseconds(700)) }
        @Exposed(timeout: .seconds(20)) func long(_ context: FunctionContext) async throws {
            try await Task.sleep(for: .seconds(1))
        }
        """
    ]

    @Test func aBuildThatTakesLongerThanTheWaitIsToldSo() throws {
        // Two hundred functions take seconds to compile.
        let many = (0..<200).map {
            "@Exposed func f\($0)(_ context: FunctionContext, a: [String: [Int]] = [:]) -> Int { a.count }"
        }
        let workspace = try RunningWorkspace(
            Self.files.merging(["functions/many.swift": "import CloudFunctions\n" + many.joined(separator: "\n")]) {
                $1
            },
            flags: ["--build-wait-ms", "0"])
        for answer in [try workspace.call("t.nap"), try workspace.post(#"{"name":"t.nap"}"#)] {
            #expect(answer.status == 503)
            #expect(answer.error("code") == "build-takes-long")
            #expect(answer.headers["retry-after"] != nil)
        }
    }

    @Test func theTimeoutCountsNeitherBuildNorQueue() throws {
        let workspace = try RunningWorkspace(
            Self.files, flags: ["--function-timeout-ms", "5000", "--workers-max", "1"])
        // The first call waits for the build, and the others wait for the first.
        let calls = (1...9).map { _ in BackgroundCall("t.nap", of: workspace) }
        for call in calls { #expect(try call.wait().status == 200) }
    }

    @Test func theFunctionsOwnTimeoutComesBeforeTheSetting() throws {
        let workspace = try RunningWorkspace(Self.files, environment: ["FUNCTION_TIMEOUT_MS": "300"])
        #expect(try workspace.call("t.long").status == 200)
        #expect(try workspace.call("t.nap").status == 504)
    }

    @Test func settingsOfTheWorkspacesFileHaveEffect() throws {
        let workspace = try RunningWorkspace(
            Self.files.merging(["workspace.yaml": "function_timeout_ms: 300\n"]) { $1 })
        #expect(try workspace.call("t.nap").status == 504)
    }
}

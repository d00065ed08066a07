import Foundation
import TestSupport
import Testing
import Values

/// Tests that a save that does not compile breaks the functions of its file and no others.
@Suite(.supervised, .tags(.large))
struct BrokenSaveTests {
    private static let helper = "func help() -> String { \"help\" }\n"

    private func source(_ value: String) -> String {
        "import CloudFunctions\n@Exposed private func value(_ context: FunctionContext) -> String { \(value) }\n"
    }

    private func start() throws -> RunningWorkspace {
        let workspace = try RunningWorkspace([
            "functions/a.swift": source("\"a\""), "functions/b.swift": source("\"b\" + help()"),
            "functions/helper.swift": Self.helper,
        ])
        try workspace.waitUntilBuilt()
        return workspace
    }

    @Test func functionsOfOtherFilesAnswerAndSaySo() throws {
        let workspace = try start()
        try workspace.save("functions/a.swift", source("5"))
        let broken = try workspace.call("a.value")
        #expect(broken.status == 500)
        #expect(broken.error("code") == "build-failed")
        #expect(broken.headers["ingress-build"] == nil)
        try poll("the console tells who answers") {
            workspace.console.contains("Functions of the other files are answered by generation 1") ? true : nil
        }
        let other = try workspace.call("b.value")
        #expect(other.json == "bhelp", "\(other.body)")
        #expect(other.headers["ingress-build"] == "failed")
        #expect(other.headers["ingress-generation"] == "1")
        #expect(try workspace.post(#"{"name":"b.value"}"#).headers["ingress-build"] == "failed")
        #expect(try workspace.call("c.value").error("code") == "build-failed", "it may be in what was not built")
        #expect(try workspace.get("/_/health").json["status"] == "build-failed")

        try workspace.save("functions/a.swift", source("\"mended\""))
        #expect(try workspace.call("a.value").json == "mended")
        let mended = try workspace.call("b.value")
        #expect(mended.headers["ingress-build"] == nil)
        #expect(mended.headers["ingress-generation"] == "2")
    }

    @Test func whatChangedAndWasNotBuiltDoesNotAnswer() throws {
        let workspace = try start()
        try workspace.save("functions/a.swift", source("5"))
        try workspace.save("functions/b.swift", source("\"new\""))
        #expect(try workspace.call("b.value").error("location")?["file"] == "functions/a.swift")
        try FileManager.default.removeItem(atPath: "\(workspace.folder)/functions/b.swift")
        #expect(try workspace.call("b.value").error("code") == "build-failed")
        // The same contents as those that are served.
        try workspace.save("functions/b.swift", source("\"b\" + help()"))
        #expect(try workspace.call("b.value").json == "bhelp")
        try workspace.save("functions/a.swift", source("\"a\""))
        #expect(try workspace.call("a.value").headers["ingress-generation"] == "1")
    }

    @Test func aHelperWithAnErrorLeavesItsUsersAlone() throws {
        let workspace = try start()
        try workspace.save("functions/helper.swift", "func help() -> String { 1 }\n")
        #expect(try workspace.call("b.value").json == "bhelp")
        // An unchanged file that no longer compiles has its own error.
        try workspace.save("functions/helper.swift", "func help() -> Int { 1 }\n")
        let answer = try workspace.call("b.value")
        #expect(answer.error("location")?["file"] == "functions/b.swift", "\(answer.body)")
        #expect(try workspace.call("a.value").json == "a")
        try workspace.save("functions/helper.swift", Self.helper)
        #expect(try workspace.call("b.value").headers["ingress-build"] == nil)
    }

    @Test func theFolderMayHaveAnyName() throws {
        let scratch = try ScratchWorkspace(["fns/a.swift": source("\"a\""), "fns/b.swift": source("\"b\"")])
        let workspace = try RunningWorkspace(on: scratch, flags: ["--functions", "\(scratch.folder)/fns"])
        try workspace.waitUntilBuilt()
        try workspace.save("fns/a.swift", source("5"))
        #expect(try workspace.call("a.value").error("location")?["file"] == "fns/a.swift")
        #expect(try workspace.call("b.value").json == "b")
        let functions = try workspace.get("/_/functions").json["functions"]?.array ?? []
        #expect(functions.map { $0["file"] } == ["fns/a.swift", "fns/b.swift"])
    }
}

import Foundation
import TestSupport
import Testing

/// Tests of building the optimised emulator while the other one serves, with a script in place of Scripts/build.
@Suite(.supervised, .tags(.large))
struct OptimisedBuildTests {
    /// Starts an emulator from a package of its own. Its functions cannot be built, so nothing else takes long.
    private func start(_ script: String) throws -> RunningWorkspace {
        let scratch = try ScratchWorkspace([
            "Package.swift": "// swift-tools-version: 6.2\nnonsense\n", "functions/a.swift": "",
            "Scripts/build": "#!/bin/sh\n\(script)\n",
        ])
        chmod("\(scratch.folder)/Scripts/build", 0o755)
        let executable = "\(scratch.folder)/.build/debug/workspace"
        try FileManager.default.createDirectory(
            atPath: "\(scratch.folder)/.build/debug", withIntermediateDirectories: true)
        try RunningWorkspace.copyExecutable(to: executable)
        return try RunningWorkspace(on: scratch, flags: ["--optimise"], executable: executable)
    }

    @Test func isBuiltAfterTheFunctionsWithoutTakingTimeFromThem() throws {
        let workspace = try start("echo \"$@ $(nice)\" >asked")
        try poll("it is built") { workspace.console.contains("The optimised emulator is built") }
        #expect(
            workspace.read("asked")?.split(separator: " ").map { $0.trimmingCharacters(in: .newlines) } == [
                "optimised", "19",
            ])
        let told = workspace.console
        let functions = try #require(told.firstRange(of: "Package.swift is not valid"), "\(told)")
        let begin = try #require(told.firstRange(of: "Building the optimised emulator meanwhile"))
        #expect(functions.lowerBound < begin.lowerBound)
    }

    @Test func aFailureIsSaidAndTheEmulatorGoesOn() throws {
        let workspace = try start("exit 1")
        try poll("it is said") { workspace.console.contains("the optimised emulator cannot be built") }
        #expect(try workspace.get("/_/health").status == 200)
    }

    @Test(arguments: [SIGTERM, SIGKILL]) func endsWithTheEmulator(signal: Int32) throws {
        let mark = "\(Int.random(in: 100_000...999_999))"
        let workspace = try start("sleep \(mark)")
        try poll("it is being built") { !RunningWorkspace.processes(naming: mark).isEmpty }
        workspace.stop(signal)
        try poll("it is built no longer") { RunningWorkspace.processes(naming: mark).isEmpty }
    }
}

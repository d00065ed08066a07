import Foundation
import TestSupport
import Testing

/// Tests of `Scripts/build`, in a package that is quick to build.
@Suite(.supervised, .tags(.large))
struct BuildScriptTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder(named: "package")
        try scratch.write(
            """
            // swift-tools-version: 6.2
            import PackageDescription
            let package = Package(
                name: "small", products: [.executable(name: "workspace", targets: ["Main"])],
                targets: [.target(name: "Part"), .executableTarget(name: "Main", dependencies: ["Part"])])

            """, to: "Package.swift")
        try scratch.write("public let greeting = \"built\"\n", to: "Sources/Part/part.swift")
        try scratch.write("import Part\nprint(greeting)\n", to: "Sources/Main/main.swift")
        try FileManager.default.createDirectory(atPath: scratch("Scripts"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: inPackage("Scripts/build"), toPath: scratch("Scripts/build"))
    }

    private func build(
        _ part: String = "serving", environment: [String: String] = [:]
    ) throws -> WorkspaceCommandRun {
        try WorkspaceCommandRun(program: scratch("Scripts/build"), [part], environment: environment)
    }

    /// Returns an environment in which `swift` is a shell script.
    private func environment(swift script: String) throws -> [String: String] {
        try scratch.write("#!/bin/sh\n\(script)\n", to: "bin/swift")
        chmod(scratch("bin/swift"), 0o755)
        return ["PATH": "\(scratch("bin")):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"]
    }

    @Test func saysHowLongItTakesAndHowFarItIs() throws {
        let first = try build()
        #expect(try first.exitCode() == 0, "\(first.output)")
        #expect(first.output.contains("The first time this takes about"))
        #expect(first.output.contains("done in"))
        #expect(!first.output.contains("Compiling"), "lines of the compiler's are in the log")
        #expect(scratch.read(".build/build-serving.log")?.contains("Compiling") == true)
        let built = try WorkspaceCommandRun(program: scratch(".build/workspace"), [])
        #expect(try built.exitCode() == 0)
        #expect(built.output == "built\n")

        let second = try build()
        #expect(try second.exitCode() == 0)
        #expect(!second.output.contains("The first time"))
    }

    @Test func aMistakeIsShownOnce() throws {
        try scratch.write("public let greeting: Int = \"built\"\n", to: "Sources/Part/part.swift")
        let run = try build()
        #expect(try run.exitCode() == 1)
        #expect(run.output.split(separator: "part.swift:1:28: error: cannot convert").count == 2, "\(run.output)")
        #expect(run.output.contains("failed after"))
        #expect(!FileManager.default.fileExists(atPath: scratch(".build/serving.stamp")))
    }

    @Test func aSecondBuildSaysWhatItWaitsFor() throws {
        let start = Int(Date().timeIntervalSince1970)
        try scratch.write("4711 \(start) the emulator and the worker", to: ".build/building")
        let lock = open(scratch(".build/building"), O_RDWR | O_CLOEXEC)
        defer { close(lock) }
        try #require(flock(lock, LOCK_EX) == 0)
        let run = try build()
        try run.wait(for: "==> Process 4711 has been building the emulator and the worker here for")
        #expect(!run.output.contains("==> Building"))
        flock(lock, LOCK_UN)
        #expect(try run.exitCode() == 0, "\(run.output)")
    }

    @Test func anotherSwiftCommandIsSaidAtOnce() throws {
        // SwiftPM does not end the line before it waits.
        let environment = try environment(
            swift: """
                printf 'Another instance of SwiftPM (PID: 1) is already running using '
                printf '%s, waiting until that process has finished execution...' .build
                while [ ! -e go ]; do sleep 0.05; done
                echo 'Building for debugging...'
                """)
        let run = try build(environment: environment)
        try run.wait(for: "Another swift command uses this package")
        try scratch.write("", to: "go")
        _ = try run.exitCode()
    }

    @Test(arguments: [SIGINT, SIGTERM]) func anInterruptedBuildEndsWhatItStarted(signal: Int32) throws {
        let mark = "\(Int.random(in: 100_000...999_999))"
        let run = try build(environment: environment(swift: "exec sleep \(mark)"))
        try poll("it builds") { !RunningWorkspace.processes(naming: mark).isEmpty }
        run.send(signal)
        #expect(try run.exitCode() == 130)
        #expect(RunningWorkspace.processes(naming: mark).isEmpty)
        // The folder is no longer locked.
        #expect(try build(environment: environment(swift: "exit 3")).exitCode() == 3)
    }

    @Test func aCommandBesideItCanFailIt() throws {
        let environment = try environment(swift: "echo 'Building for debugging...'; mkdir -p .build/debug")
        try scratch.write("#!/bin/sh\necho no browser here; exit 4\n", to: "beside")
        chmod(scratch("beside"), 0o755)
        let run = try WorkspaceCommandRun(
            program: scratch("Scripts/build"), ["serving", "--meanwhile", scratch("beside")], environment: environment)
        #expect(try run.exitCode() == 1)
        #expect(run.output.contains("no browser here"))
    }

    @Test func otherPartsAreWrongUsage() throws {
        let run = try build("everything")
        #expect(try run.exitCode() == 2)
        #expect(run.output.contains("usage: build worker|serving|testing|optimised"))
    }
}

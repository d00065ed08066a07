import Foundation
import TestSupport
import Testing

/// `Scripts/build`, in a package that is quick to build.
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

    private func build(_ part: String = "serving") throws -> WorkspaceCommandRun {
        try WorkspaceCommandRun(program: scratch("Scripts/build"), [part])
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

    @Test func otherPartsAreWrongUsage() throws {
        let run = try build("everything")
        #expect(try run.exitCode() == 2)
        #expect(run.output.contains("usage: build worker|serving|testing|optimised"))
    }
}

import Failures
import Foundation
import Glibc
import Logging
import Synchronization
import RunningProcesses
import SystemSupport
import TestSupport
import Testing

@testable import FunctionBuild

@Suite("PackageBuild", .serialized, .supervised)
struct PackageBuildTests {
    @Test("a package is built once, its inputs make a plugin, and a changed source builds it again")
    func builds() async throws {
        let package = try ScratchPackage()
        #expect(try await package.build().isBuilt)
        let told = package.events.withLock { events in
            events.contains { if case .progress(let text) = $0 { text.hasSuffix(": FunctionWorker") } else { false } }
        }
        #expect(told)
        #expect(try await package.build() == .upToDate)

        try package.project.write(
            "a.swift",
            """
            import CYAMLOfTheFunctions
            import CloudFunctions
            import Extra
            @c public func probe() -> Int { extra() }
            @c public func usesC() -> Int { yaml_get_version_string() == nil ? 0 : 1 }

            """)
        let logger = Logger(label: "test")
        let builder = PluginBuilder(layout: package.layout, logger: logger)
        try await builder.prepare()
        let plugin = try await builder.build(generation: 1)
        #expect(try Files.entries(of: package.layout.buildFolder)?.contains("libdeps.so") == true)
        let loaded = try LoadedPlugin(plugin.path)
        #expect(loaded.call("probe") == 5)
        #expect(loaded.call("usesC") == 1)
        #expect(try await builder.build(generation: 2).wasUpToDate)

        try package.write(
            "Sources/CloudFunctions/sdk.swift", "public struct Context { public init() {}; public var name = 1 }\n")
        #expect(try await package.build().isBuilt)
        #expect(try await package.build() == .upToDate)
        #expect(try await builder.build(generation: 3).compiled == ["a.swift"])

        try package.write("Extra/Sources/Extra/extra.swift", "public func extra() -> Int { 6 }\n")
        #expect(try await package.build().isBuilt)
        // The new function is not called, because this process still holds the library of the first plugin.
        let library = FileStamp.line(package.layout.dependenciesLibrary)
        #expect(try await builder.build(generation: 4).compiled == ["a.swift"])
        #expect(FileStamp.line(package.layout.dependenciesLibrary) != library)
    }

    @Test("the products that Scripts/build has just made are not built again")
    func builtByTheScript() async throws {
        let package = try ScratchPackage()
        #expect(try await package.build().isBuilt)
        // As in a fresh clone: the script's stamp alone.
        func forget() throws { try FileManager.default.removeItem(atPath: package.layout.packageStamp) }
        try forget()
        #expect(try await package.build().isBuilt)
        try forget()
        try await package.stamp("serving")
        #expect(try await package.build() == .upToDate)
        #expect(try await package.build() == .upToDate)

        // As after a change that the script has built since.
        try package.write("Sources/CloudFunctions/new.swift", "")
        try await package.stamp("testing")
        #expect(try await package.build() == .upToDate)
    }

    @Test(
        "what changed since the script's build began is built",
        arguments: [
            "touch Sources/CloudFunctions/sdk.swift", "rm Sources/CloudFunctions/more.swift",
            "rm -r Sources/CloudFunctions/folders", "rm .build/debug/libAPITransport.so",
            "echo >>.build/debug/FunctionWorker", "touch .build/debug.yaml",
            "echo /another/bin >.build/serving.stamp",
        ])
    func changedSinceTheScript(change: String) async throws {
        let package = try ScratchPackage()
        try package.write("Sources/CloudFunctions/more.swift", "")
        try package.write("Sources/CloudFunctions/folders/only/deep.swift", "")
        #expect(try await package.build().isBuilt)
        try FileManager.default.removeItem(atPath: package.layout.packageStamp)
        try await package.stamp("serving")
        try package.shell(change)
        #expect(try await package.build().isBuilt)
    }

    @Test("a source that only the emulator is made of calls for no build")
    func emulatorSources() throws {
        let package = try ScratchPackage()
        let toolchain = Toolchain(tools: "/usr/bin")
        func inputs() -> [String] { PackageStamp.inputs(layout: package.layout, toolchain: toolchain) }
        try package.write("Sources/Ingress/server.swift", "")
        #expect(inputs().contains { $0.contains("Sources/Ingress/server.swift") }, "nothing tells what it is for")
        try package.write(
            ".build/debug/workspace.product/Objects.LinkFileList",
            "/p/.build/debug/Ingress.build/server.swift.o\n/p/.build/debug/Values.build/value.swift.o\n")
        try package.write(
            ".build/debug/FunctionWorker.product/Objects.LinkFileList", "/p/.build/debug/Values.build/value.swift.o\n")
        try package.write("Sources/Values/value.swift", "")
        #expect(!inputs().contains { $0.contains("Sources/Ingress/server.swift") })
        #expect(inputs().contains { $0.contains("Sources/Values/value.swift") })
        #expect(inputs().contains { $0.contains("Sources/CloudFunctions/sdk.swift") })
    }

    @Test("a mistake in Package.swift is an error that names its place")
    func manifest() async throws {
        let package = try ScratchPackage()
        try package.write(
            "Package.swift", "// swift-tools-version: 6.2\nimport PackageDescription\nlet x: Int = \"\"\n")
        let error = await #expect(throws: PluginBuildError.self) { try await package.build() }
        guard case .toolFailed(let failure) = error else { throw try #require(error) }
        #expect(failure.message == "Package.swift is not valid")
        #expect(failure.details.diagnostics.map(\.file) == ["package/Package.swift"])
        #expect(failure.details.diagnostics.map(\.line) == [3])
        #expect(failure.cause?.contains("cannot convert value of type 'String'") == true)
    }

    @Test("a package that cannot be had is an error that says so")
    func dependency() async throws {
        let package = try ScratchPackage()
        try FileManager.default.removeItem(atPath: package.layout.packageRoot + "/Extra")
        let error = await #expect(throws: PluginBuildError.self) { try await package.build() }
        #expect(error?.description.contains("cannot be resolved") == true)
    }

    @Test("a build that waits for another SwiftPM says so at once, and can be cancelled")
    func otherInstance() async throws {
        let package = try ScratchPackage()
        _ = try await package.build()
        let lock = unsafe open(package.swiftPMLock, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        defer { close(lock) }
        try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
        try package.write("Sources/CloudFunctions/sdk.swift", "public struct Context { public init() {} }\n\n")
        let build = Task { try await package.build() }
        try await eventually("it is told of the other SwiftPM") {
            package.events.withLock { events in
                events.contains {
                    if case .message(let text) = $0 { text.hasPrefix("Another swift command") } else { false }
                }
            }
        }
        build.cancel()
        await #expect(throws: PluginBuildError.cancelled) { try await build.value }
        #expect(RunningProcess.all.filter { $0.works(in: package.layout.packageRoot) }.isEmpty)
    }

    @Test(
        "steps and downloads are told, lines of the compiler's are not",
        arguments: [
            ("[12/345] Compiling Algorithms Chain.swift", "step 12 of 345: Algorithms"),
            ("[13/345] Emitting module Algorithms", "step 13 of 345: Algorithms"),
            ("[14/345] Linking FunctionWorker", "step 14 of 345: FunctionWorker"),
            ("Fetching https://example.org/a/b from cache", "fetching https://example.org/a/b"),
            ("[0/1] Planning build", nil), ("Building for debugging...", nil), ("a.swift:1:2: error: no", nil),
            ("warning: 'p': dependency 'swift-nio' is not used by any target", nil),
        ])
    func progress(line: String, text: String?) {
        #expect(PackageOutput.progress(line) == text)
    }

    @Test(
        "the line about another SwiftPM becomes a message",
        arguments: [
            (
                "Another instance of SwiftPM (PID: 4711) is already running using '/p/.build', waiting until that "
                    + "process has finished execution...",
                "Another swift command (process 4711) is using the package; the build goes on when it has finished"
            ), ("Building for debugging...", nil),
        ] as [(String, String?)])
    func waitingLine(line: String, message: String?) {
        #expect(PackageOutput.waitingMessage(line) == message)
    }
}

extension PackageBuild.Outcome {
    fileprivate var isBuilt: Bool { self != .upToDate }
}

/// A package with the targets that a workspace needs, each as small as possible.
private final class ScratchPackage: Sendable {
    let project: FunctionProject
    let layout: BuildLayout
    let events = Mutex<[PackageBuild.Event]>([])

    init() throws {
        project = try FunctionProject()
        layout = project.layout
        try write("Package.swift", Self.manifest)
        try write("Sources/CloudFunctions/sdk.swift", "public struct Context { public init() {} }\n")
        try write("Sources/FunctionWorker/main.swift", "import CloudFunctions\nprint(Context())\n")
        try write("Sources/APITransport/Empty.swift", "")
        try write("Sources/FunctionDependencies/Empty.swift", "")
        try write(
            "Sources/CYAMLOfTheFunctions/module.modulemap",
            "module CYAMLOfTheFunctions [system] { header \"/usr/include/yaml.h\" link \"yaml\" export * }\n")
        try write(
            "Extra/Package.swift",
            """
            // swift-tools-version: 6.2
            import PackageDescription
            let package = Package(
                name: "Extra", products: [.library(name: "Extra", targets: ["Extra"])], targets: [.target(name: "Extra")])
            """)
        try write("Extra/Sources/Extra/extra.swift", "public func extra() -> Int { 5 }\n")
    }

    func build() async throws -> PackageBuild.Outcome {
        try await PackageBuild(layout: layout, logger: Logger(label: "test")).run { event in
            self.events.withLock { $0.append(event) }
        }
    }

    /// Writes the stamp of a build that began after all that was saved so far, and has just ended.
    func stamp(_ part: String) async throws {
        // The file system's clock is coarse.
        let began = Date() + 0.01
        try await eventually("what is written now is newer") { Date() > began + 0.01 }
        let file = "\(layout.packageRoot)/.build/\(part).stamp"
        try write(".build/\(part).stamp", try await Toolchain.find().tools)
        try FileManager.default.setAttributes([.modificationDate: began], ofItemAtPath: file)
        let end = Date() + 0.01
        try await eventually("what is saved next is newer") { Date() > end }
    }

    func shell(_ command: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = URL(filePath: layout.packageRoot)
        try process.run()
        process.waitUntilExit()
    }

    /// The file that SwiftPM locks while it uses the package.
    var swiftPMLock: String {
        FileManager.default.temporaryDirectory.path + "/"
            + "\(layout.packageRoot)/.build.lock".replacing("/", with: "_")
    }

    func write(_ path: String, _ text: String) throws {
        try project.scratch.write(text, to: "package/\(path)")
    }

    private static let manifest = """
        // swift-tools-version: 6.2
        import PackageDescription
        let functionDependencies: [Target.Dependency] = [
            "CloudFunctions", "CYAMLOfTheFunctions", .product(name: "Extra", package: "Extra"),
        ]
        let package = Package(
            name: "scratch",
            products: [
                .executable(name: "FunctionWorker", targets: ["FunctionWorker"]),
                .library(name: "APITransport", type: .dynamic, targets: ["APITransport"]),
                .library(name: "FunctionDependencies", type: .dynamic, targets: ["FunctionDependencies"]),
            ],
            dependencies: [.package(path: "Extra")],
            targets: [
                .systemLibrary(name: "CYAMLOfTheFunctions"),
                .target(name: "CloudFunctions"),
                .executableTarget(name: "FunctionWorker", dependencies: ["CloudFunctions"]),
                .target(name: "APITransport"),
                .target(name: "FunctionDependencies", dependencies: functionDependencies),
            ])
        """
}

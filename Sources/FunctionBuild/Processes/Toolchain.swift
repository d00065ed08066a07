import Failures
import SystemSupport
import FoundationEssentials

/// The tools of a Swift toolchain that take part in a build.
package struct Toolchain: Sendable, Hashable {
    /// The folder of the tools, `usr/bin` of the toolchain.
    package var tools: String

    /// Creates a toolchain from the folder of its tools.
    package init(tools: String) { self.tools = tools }

    /// The compiler's driver.
    package var swiftc: String { tools + "/swiftc" }
    /// The package manager.
    package var swift: String { tools + "/swift" }
    /// The tool that finds the libraries that objects ask for.
    var autolinkExtract: String { tools + "/swift-autolink-extract" }
    /// The linker.
    var linker: String { tools + "/ld.lld" }
    /// The folder of the runtime libraries.
    var libraries: String { tools.parentFolder + "/lib/swift/linux" }

    /// The object that registers a shared object's metadata with the runtime. Without it, code loads and crashes
    /// later.
    var runtimeObject: String { "\(libraries)/\(Self.architecture)/swiftrt.o" }

    /// The files that differ between toolchains.
    var files: [String] { [swiftc, linker, runtimeObject] }

    /// Lines that change when the toolchain does.
    var identity: [String] { files.map(FileStamp.line) }

    #if arch(arm64)
        static let architecture = "aarch64"
    #else
        static let architecture = "x86_64"
    #endif

    /// Finds the toolchain of the first `swiftc` on PATH.
    ///
    /// If that is a proxy for several toolchains, as swiftly installs it, the compiler is asked for the one it uses.
    ///
    /// - Throws: `toolFailed` when there is no `swiftc`, or when a tool or the runtime object is missing.
    package static func find(
        path: String? = ProcessInfo.processInfo.environment["PATH"]
    ) async throws(PluginBuildError) -> Toolchain {
        let candidates = (path ?? "").split(separator: ":").map { "\($0)/swiftc" }
        guard let swiftc = candidates.first(where: FileManager.default.isExecutableFile) else {
            throw missing("swiftc on PATH")
        }
        var toolchain = Toolchain(tools: URL(filePath: swiftc).resolvingSymlinksInPath().path.parentFolder)
        if !Files.isThere(toolchain.autolinkExtract) {
            toolchain.tools = try await Self.resources(swiftc).parentFolder.parentFolder + "/bin"
        }
        let needed = [
            toolchain.swiftc, toolchain.autolinkExtract, toolchain.linker, toolchain.runtimeObject,
        ]
        if let absent = needed.first(where: { !Files.isThere($0) }) { throw missing(absent) }
        return toolchain
    }

    /// Returns the compiler's resource folder, `usr/lib/swift`.
    private static func resources(_ swiftc: String) async throws(PluginBuildError) -> String {
        struct Info: Decodable {
            struct Paths: Decodable { var runtimeResourcePath: String }
            var paths: Paths
        }
        let run = ToolRun(executable: swiftc, arguments: ["-print-target-info"], workingFolder: "/")
        let output = try await run.run().output
        guard let info = try? JSONDecoder().decode(Info.self, from: Data(output.utf8)) else {
            throw missing("what \(swiftc) -print-target-info names")
        }
        return info.paths.runtimeResourcePath
    }

    private static func missing(_ what: String) -> PluginBuildError {
        .toolFailed(
            Failure(
                tool: "The Swift toolchain is not complete: there is no \(what)",
                remedy: "Install Swift 6.3 from swift.org and put its usr/bin on PATH"))
    }
}

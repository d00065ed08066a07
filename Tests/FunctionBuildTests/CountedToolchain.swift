import Foundation
import TestSupport

@testable import FunctionBuild

/// A toolchain with a compiler that records each of its runs.
final class CountedToolchain: Sendable {
    private let scratch: ScratchFolder

    init() async throws {
        scratch = try ScratchFolder(named: "toolchain")
        let found = try await Toolchain.find()
        let files = FileManager.default
        try scratch.write("#!/bin/sh\necho >> '\(scratch("runs"))'\nexec '\(found.swiftc)' \"$@\"\n", to: "bin/swiftc")
        try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: toolchain.swiftc)
        for tool in [found.autolinkExtract, found.linker] {
            try files.createSymbolicLink(atPath: scratch("bin/\(tool.fileName)"), withDestinationPath: tool)
        }
        try files.createSymbolicLink(
            atPath: scratch("lib"), withDestinationPath: found.tools.parentFolder + "/lib")
    }

    var toolchain: Toolchain { Toolchain(tools: scratch("bin")) }

    /// The number of times the compiler ran.
    var runs: Int { scratch.read("runs")?.count ?? 0 }
}

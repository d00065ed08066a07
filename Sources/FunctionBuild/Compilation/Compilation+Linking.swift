import Failures
import SystemSupport
import FoundationEssentials
import Subprocess

extension Compilation {
    /// Links the objects into a plugin in the work folder.
    func link() async throws(PluginBuildError) {
        let library = try await linkDependencies()
        // The linker defines the bounds of a section only if something refers to them, hence `-u`. Without an exposed
        // function there is no section, and the plugin lacks the symbols.
        let section = [
            "-z", "start-stop-visibility=default", "-u", "__start_cloud_functions", "-u", "__stop_cloud_functions",
        ]
        try await link(
            objects, to: "\(work)/\(GoodBuild.pluginName)", also: section + (library.map { [$0] } ?? []))
    }

    /// Links the packages that only the functions use, unless their library is up to date.
    ///
    /// - Returns: the path of the library, or nil if there are no such packages.
    private func linkDependencies() async throws(PluginBuildError) -> String? {
        let library = layout.dependenciesLibrary
        guard !inputs.dependencyObjects.isEmpty else { return nil }
        let key = inputs.linkerArguments + toolchain.identity + inputs.dependencyObjects.map(FileStamp.line)
        if Files.isThere(library), Files.lines(of: layout.dependenciesStamp) == key { return library }
        try Files.remove(layout.dependenciesStamp)
        let linked = work + "/tmp/libdeps.so"
        try await link(inputs.dependencyObjects, to: linked, also: [])
        try Files.move(linked, to: library)
        try Files.write(key.joined(separator: "\n").utf8, to: layout.dependenciesStamp)
        return library
    }

    /// Links objects into a shared object that takes its undefined symbols from the worker.
    private func link(
        _ objects: [String], to target: String, also more: [String]
    ) async throws(PluginBuildError) {
        let autolink = work + "/tmp/autolink"
        if objects.isEmpty {
            try Files.write([], to: autolink)
        } else {
            let extraction = ToolRun(
                executable: toolchain.autolinkExtract, arguments: objects + ["-o", autolink], workingFolder: work)
            let outcome = try await extraction.run()
            guard outcome.status.isSuccess else { throw Self.failure(of: "swift-autolink-extract", outcome, []) }
        }
        let libraries = toolchain.libraries
        let run = ToolRun(
            executable: toolchain.linker,
            arguments: ["-shared", "--hash-style=gnu", "--eh-frame-hdr", "-o", target, toolchain.runtimeObject]
                + objects + more + ["-rpath", libraries, "-L" + libraries]
                + Self.systemFolders.filter(Files.isThere).map { "-L" + $0 } + inputs.linkerArguments + [
                    "@" + autolink
                ],
            workingFolder: work)
        let outcome = try await run.run()
        guard outcome.status.isSuccess else {
            throw Self.failure(of: "The linker", outcome, linkerDiagnostics(outcome.output))
        }
    }

    private func linkerDiagnostics(_ output: String) -> [Diagnostic] {
        let sources = Dictionary(snapshot.names.map { (object($0), $0) }) { first, _ in first }
        let layout = layout
        let parser = DiagnosticParser(
            shown: { layout.shown($0) }, source: { sources[$0].map(layout.shown(source:)) })
        return parser.diagnostics(in: output)
    }

    /// The folders in which Linux distributions keep libraries.
    private static let systemFolders = [
        "/usr/lib/\(Toolchain.architecture)-linux-gnu", "/lib/\(Toolchain.architecture)-linux-gnu", "/usr/lib64",
        "/lib64",
        "/usr/lib", "/lib",
    ]
}

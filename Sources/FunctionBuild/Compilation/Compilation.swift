import Failures
import SystemSupport
import FoundationEssentials
import Subprocess

/// One attempt to make a plugin from one snapshot in the work folder.
struct Compilation: Sendable {
    var layout: BuildLayout
    var toolchain: Toolchain
    var inputs: CompileInputs
    var snapshot: SourceSnapshot
    /// The build to start from, or nil for a clean build.
    var good: GoodBuild?

    /// The result of an attempt that succeeded.
    struct Result: Sendable {
        var warnings: [Diagnostic]
        var compiled: [String]
    }

    var work: String { layout.workFolder }
    var objects: [String] { snapshot.names.map(object) }

    /// Prepares the work folder, then compiles the sources and links the plugin in it.
    func run() async throws(PluginBuildError) -> Result {
        let before = try prepare()
        let warnings = snapshot.isEmpty ? [] : try await compile()
        try await link()
        try Files.remove(work + "/tmp")
        let compiled = snapshot.names.filter { FileStamp.line(object($0)) != before[$0] }
        return Result(warnings: merged(warnings, compiled: compiled), compiled: compiled)
    }

    /// Returns the path of a source's object. The names of files are unique within a module.
    func object(_ name: String) -> String { "\(work)/\(name.fileName.dropLast(".swift".count)).o" }

    /// Fills the work folder from the good build, without the objects of changed files.
    ///
    /// - Returns: a line for the stamp of each source's object, by the source's name.
    private func prepare() throws(PluginBuildError) -> [String: String] {
        try Files.remove(work)
        let changes = snapshot.changes(since: good?.snapshot ?? SourceSnapshot([:]))
        // The driver compiles everything if a file is gone, and must not be misled by the module's records of that
        // file.
        if good != nil, changes.deleted.isEmpty {
            try Files.copyFiles(of: layout.goodFolder, to: work)
        } else {
            try Files.makeFolder(work)
        }
        // Modification times do not show reliably which files changed, but a missing object is always made.
        for name in changes.changed + changes.new { try Files.remove(object(name)) }
        try Files.remove("\(work)/\(GoodBuild.pluginName)")
        try Files.makeFolder(work + "/tmp")
        return Dictionary(uniqueKeysWithValues: snapshot.names.map { ($0, FileStamp.line(object($0))) })
    }

    private func compile() async throws(PluginBuildError) -> [Diagnostic] {
        let map = work + "/output-file-map.json"
        try Files.write(outputFileMap(), to: map)
        // A killed driver leaves its temporary files behind. The driver crashes if the path of their folder is not
        // ASCII.
        let temporary = work + "/tmp"
        let environment: [Environment.Key: String?] =
            temporary.utf8.allSatisfy { $0 < 0x80 } ? ["TMPDIR": temporary] : [:]
        let run = ToolRun(
            executable: toolchain.swiftc,
            arguments: ["-c"] + inputs.arguments + [
                "-incremental", "-enable-batch-mode", "-j", "\(ProcessInfo.processInfo.activeProcessorCount)",
                "-diagnostic-style", "llvm", "-no-color-diagnostics", "-output-file-map", map,
            ] + snapshot.names.map { "\(layout.functionsFolder)/\($0)" },
            workingFolder: work, environment: environment)
        let outcome = try await run.run()
        let diagnostics = DiagnosticParser(layout: layout).diagnostics(in: outcome.output)
        if outcome.status.isSuccess { return diagnostics.filter { $0.severity == .warning } }
        throw Self.failure(of: "The compiler", outcome, diagnostics)
    }

    private func outputFileMap() -> Data {
        var map = ["": ["swift-dependencies": work + "/main.swiftdeps"]]
        for name in snapshot.names {
            let object = object(name)
            map["\(layout.functionsFolder)/\(name)"] = [
                "object": object, "swift-dependencies": object.dropLast(2) + ".swiftdeps",
            ]
        }
        // A dictionary of strings can always be encoded.
        return (try? JSONEncoder().encode(map)) ?? Data()
    }

    /// Returns new warnings, and earlier ones for files that were not compiled again.
    private func merged(_ warnings: [Diagnostic], compiled: [String]) -> [Diagnostic] {
        let kept = Set(snapshot.names).subtracting(compiled).map(layout.shown(source:))
        let old = (good?.warnings ?? []).filter { $0.file.map(kept.contains) ?? false }
        return warnings + old.filter { !warnings.contains($0) }
    }

    /// Returns the error of a tool that failed: the diagnostics if it reported mistakes, otherwise an error about the
    /// tool.
    static func failure(
        of tool: String, _ outcome: ToolRun.Outcome, _ diagnostics: [Diagnostic]
    ) -> PluginBuildError {
        let signal = outcome.output.firstMatch(of: /failed due to signal (\d+)/).flatMap { Int($0.1) }
        let errors = diagnostics.filter { $0.severity == .error && !$0.message.contains("failed due to signal") }
        if case .signaled(let number) = outcome.status { return killed(tool, Int(number), outcome.output) }
        if !errors.isEmpty { return .diagnostics(diagnostics.filter { !$0.message.contains("failed due to signal") }) }
        if let signal { return killed(tool, signal, outcome.output) }
        return .toolFailed(
            Failure(
                tool: "\(tool) failed without naming a mistake", remedy: "Its output tells what happened",
                output: outcome.output))
    }

    private static func killed(_ tool: String, _ signal: Int, _ output: String) -> PluginBuildError {
        let wasKilled = signal == 9 || signal == 15 || signal == 2
        return .toolFailed(
            Failure(
                tool: wasKilled
                    ? "\(tool) was killed from outside (signal \(signal))" : "\(tool) crashed (signal \(signal))",
                remedy: wasKilled
                    ? "Save again to build again; if it recurs, the machine may be short of memory"
                    : "Undo the last change; its output may name the place it was at",
                output: output))
    }
}

import FoundationEssentials
import Subprocess

/// One attempt to make a plugin from one snapshot in the work folder.
struct Compilation: Sendable {
    var layout: BuildLayout
    var toolchain: Toolchain
    var inputs: CompileInputs
    var snapshot: SourceSnapshot
    /// The build to start from, nil for a clean build.
    var good: GoodBuild?

    /// What an attempt that succeeded printed and did.
    struct Result: Sendable {
        var warnings: [Diagnostic]
        var compiled: [String]
    }

    var work: String { layout.workFolder }
    var objects: [String] { snapshot.names.map(object) }

    /// Prepares the work folder, compiles and links; the plugin is then in the work folder.
    func run() async throws(PluginBuildError) -> Result {
        let before = try prepare()
        let warnings = snapshot.isEmpty ? [] : try await compile()
        try await link()
        try Files.remove(work + "/tmp")
        let compiled = snapshot.names.filter { FileStamp.line(object($0)) != before[$0] }
        return Result(warnings: merged(warnings, compiled: compiled), compiled: compiled)
    }

    /// The object of a source; names of files are unique within a module.
    func object(_ name: String) -> String { "\(work)/\(name.fileName.dropLast(".swift".count)).o" }

    /// Fills the work folder from the good build without the objects of changed files; returns stamps of the objects left.
    private func prepare() throws(PluginBuildError) -> [String: String] {
        try Files.remove(work)
        let changes = snapshot.changes(since: good?.snapshot ?? SourceSnapshot([:]))
        // The driver compiles everything when a file is gone, and what the module remembers of it must not mislead it.
        if good != nil, changes.deleted.isEmpty {
            try Files.copyFiles(of: layout.goodFolder, to: work)
        } else {
            try Files.makeFolder(work)
        }
        // Modification times do not tell reliably which files changed. An object that is not there is always made.
        for name in changes.changed + changes.new { try Files.remove(object(name)) }
        try Files.remove("\(work)/\(GoodBuild.pluginName)")
        try Files.makeFolder(work + "/tmp")
        return Dictionary(uniqueKeysWithValues: snapshot.names.map { ($0, FileStamp.line(object($0))) })
    }

    private func compile() async throws(PluginBuildError) -> [Diagnostic] {
        let map = work + "/output-file-map.json"
        try Files.write(outputFileMap(), to: map)
        // A killed driver leaves its temporary files; the driver crashes where the folder for them is not ASCII.
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

    /// New warnings, and those kept from before for files that were not compiled again.
    private func merged(_ warnings: [Diagnostic], compiled: [String]) -> [Diagnostic] {
        let kept = Set(snapshot.names).subtracting(compiled).map(layout.shown(source:))
        let old = (good?.warnings ?? []).filter { $0.file.map(kept.contains) ?? false }
        return warnings + old.filter { !warnings.contains($0) }
    }

    /// The error of a tool that did not succeed: the user's where it named a mistake, else one about the tool.
    static func failure(
        of tool: String, _ outcome: ToolRun.Outcome, _ diagnostics: [Diagnostic]
    ) -> PluginBuildError {
        let signal = outcome.output.firstMatch(of: /failed due to signal (\d+)/).flatMap { Int($0.1) }
        let errors = diagnostics.filter { $0.severity == .error && !$0.message.contains("failed due to signal") }
        if case .signaled(let number) = outcome.status { return killed(tool, Int(number), outcome.output) }
        if !errors.isEmpty { return .diagnostics(diagnostics.filter { !$0.message.contains("failed due to signal") }) }
        if let signal { return killed(tool, signal, outcome.output) }
        return .toolFailed(
            ToolFailure(
                what: "\(tool) failed without naming a mistake", remedy: "Its output tells what happened",
                output: outcome.output))
    }

    private static func killed(_ tool: String, _ signal: Int, _ output: String) -> PluginBuildError {
        let wasKilled = signal == 9 || signal == 15 || signal == 2
        return .toolFailed(
            ToolFailure(
                what: wasKilled
                    ? "\(tool) was killed from outside (signal \(signal))" : "\(tool) crashed (signal \(signal))",
                remedy: wasKilled
                    ? "Save again to build again; if it recurs, the machine may be short of memory"
                    : "Undo the last change; its output may name the place it was at",
                output: output))
    }
}

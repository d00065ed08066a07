import Failures

/// The interpretation of SwiftPM's output for the user.
enum PackageOutput {
    /// Returns the message for a line that says that SwiftPM waits for another process, or nil for any other line.
    static func waitingMessage(_ line: String) -> String? {
        guard line.contains("Another instance of SwiftPM") else { return nil }
        let process = line.firstMatch(of: /PID: (\d+)/).map { " (process \($0.1))" } ?? ""
        return "Another swift command\(process) is using the package; the build goes on when it has finished"
    }

    /// Returns the step that a line reports, or nil for any other line.
    static func progress(_ line: String) -> String? {
        if let step = line.firstMatch(of: /^\[(\d+)\/(\d+)\] (?:Compiling|Emitting module|Linking) (\S+)/) {
            return "step \(step.1) of \(step.2): \(step.3)"
        }
        return line.firstMatch(of: /^Fetching (\S+)/).map { "fetching \($0.1)" }
    }

    /// Returns the error for a package that lacks a product that functions need.
    static func missing(product: String, output: String) -> PluginBuildError {
        .toolFailed(
            Failure(
                tool: "Package.swift has no product \(product)",
                remedy: "Restore it: functions cannot run without it", output: output))
    }

    /// Returns the error for a build that failed.
    static func failure(output: String, layout: BuildLayout) -> PluginBuildError {
        let parser = DiagnosticParser(layout: layout)
        // SwiftPM prints excerpts in the compiler's own layout, so only the places are of use.
        let errors = parser.diagnostics(in: output).filter { $0.severity == .error && $0.place != nil }.map {
            Diagnostic(.error, $0.message, at: $0.place.map { .init(file: $0.file, line: $0.line, column: $0.column) })
        }
        let (what, remedy): (String, String)
        if output.contains("Invalid manifest") {
            (what, remedy) = ("Package.swift is not valid", "Correct it where the error points")
        } else if resolutionFailures.contains(where: output.contains) {
            (what, remedy) = (
                "The packages that Package.swift names cannot be resolved",
                "Check their addresses and versions, and the network"
            )
        } else {
            (what, remedy) = (
                "TARGETS=worker swift build failed", "Correct what its output names, or undo the last change"
            )
        }
        return .toolFailed(
            Failure(
                tool: what, remedy: remedy, output: output, diagnostics: errors))
    }

    private static let resolutionFailures = [
        "Dependencies could not be resolved", "Failed to clone repository", "failed downloading",
        "Couldn’t fetch updates", "Couldn't fetch updates", "could not find a branch or tag",
        "Could not find Package.swift",
        "unknown package", "is not found in package", "cannot be accessed", "doesn't exist in file system",
    ]
}

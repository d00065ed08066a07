/// The reason why there is no plugin.
package enum PluginBuildError: Error, Sendable, Hashable {
    /// The functions' code does not compile or link. At least one of the diagnostics is an error.
    case diagnostics([Diagnostic])
    /// The task was cancelled. Nothing that the build started is still running.
    case cancelled
    /// Something other than the functions' code prevents the build.
    case toolFailed(ToolFailure)
}

/// The failure of a tool, and its remedy.
package struct ToolFailure: Sendable, Hashable {
    /// A description of the failure, a sentence without a period.
    package var what: String
    /// The steps that the user can take, a sentence without a period.
    package var remedy: String
    /// The last lines that the tool printed; empty if it printed nothing.
    package var outputTail: String
    /// The places that the tool named, such as a line of `Package.swift`.
    package var diagnostics: [Diagnostic]

    /// Creates a failure whose tail is the last forty lines of the output.
    package init(what: String, remedy: String, output: String = "", diagnostics: [Diagnostic] = []) {
        self.what = what
        self.remedy = remedy
        outputTail = output.split(separator: "\n").suffix(40).joined(separator: "\n")
        self.diagnostics = diagnostics
    }
}

extension PluginBuildError: CustomStringConvertible {
    /// The diagnostics as a compiler prints them, or the failure, its remedy and the tool's last lines.
    package var description: String {
        switch self {
        case .diagnostics(let diagnostics): diagnostics.map { $0.rendered() }.joined(separator: "\n")
        case .cancelled: "The build was cancelled"
        case .toolFailed(let failure):
            [failure.what, failure.remedy, failure.outputTail].filter { !$0.isEmpty }.joined(separator: "\n")
        }
    }

    /// Returns the error for a file operation that failed.
    static func file(_ operation: String, _ path: String, _ reason: String) -> PluginBuildError {
        .toolFailed(
            ToolFailure(
                what: "Cannot \(operation) \(path): \(reason)",
                remedy: "Check its permissions and the free space of its disk"))
    }
}

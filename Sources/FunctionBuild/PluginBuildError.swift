/// Why there is no plugin.
package enum PluginBuildError: Error, Sendable, Hashable {
    /// The functions' code does not compile or link; at least one of these is an error.
    case diagnostics([Diagnostic])
    /// The task was cancelled; nothing the build started is left running.
    case cancelled
    /// Something other than the functions' code stands in the way.
    case toolFailed(ToolFailure)
}

/// What a tool could not do, and what to do about it.
package struct ToolFailure: Sendable, Hashable {
    /// What happened, a sentence without a period.
    package var what: String
    /// What the user can do, a sentence without a period.
    package var remedy: String
    /// The last lines the tool printed, empty when it printed nothing.
    package var outputTail: String
    /// Places the tool named, such as a line of `Package.swift`.
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
    /// The diagnostics as a compiler prints them, or what happened, the remedy and the tool's last lines.
    package var description: String {
        switch self {
        case .diagnostics(let diagnostics): diagnostics.map { $0.rendered() }.joined(separator: "\n")
        case .cancelled: "The build was cancelled"
        case .toolFailed(let failure):
            [failure.what, failure.remedy, failure.outputTail].filter { !$0.isEmpty }.joined(separator: "\n")
        }
    }

    /// A file operation that failed.
    static func file(_ operation: String, _ path: String, _ reason: String) -> PluginBuildError {
        .toolFailed(
            ToolFailure(
                what: "Cannot \(operation) \(path): \(reason)",
                remedy: "Check its permissions and the free space of its disk"))
    }
}

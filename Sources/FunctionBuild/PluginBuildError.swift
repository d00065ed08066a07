package import Failures

/// The reason why there is no plugin.
package enum PluginBuildError: Error, Sendable, Equatable {
    /// The functions' code does not compile or link. At least one of the diagnostics is an error.
    case diagnostics([Diagnostic])
    /// The task was cancelled. Nothing that the build started is still running.
    case cancelled
    /// Something other than the functions' code prevents the build.
    case toolFailed(Failure)

    /// The failure as everybody but the build's own code knows it.
    package var failure: Failure {
        switch self {
        case .diagnostics(let all):
            let errors = all.filter { $0.severity == .error }
            return Failure(
                .buildFailed,
                "The functions do not compile: \(errors.count == 1 ? "1 error" : "\(errors.count) errors")",
                remedy: "Fix what the diagnostics name and save; nothing needs to be restarted.",
                details: .build(errors + all.filter { $0.severity != .error }))
        case .cancelled: return Failure(.stopping, "The build was cancelled")
        case .toolFailed(let failure): return failure
        }
    }

    /// Returns the error for a file operation that failed.
    static func file(_ operation: String, _ path: String, _ reason: String) -> PluginBuildError {
        .toolFailed(
            Failure(
                tool: "Cannot \(operation) \(path): \(reason)",
                remedy: "Check its permissions and the free space of its disk"))
    }
}

extension Failure {
    /// Creates the failure of a tool, whose cause is the last forty lines of the output.
    ///
    /// - Parameters:
    ///   - message: a description of the failure.
    ///   - diagnostics: the places that the tool named, such as a line of `Package.swift`.
    init(tool message: String, remedy: String, output: String = "", diagnostics: [Diagnostic] = []) {
        let tail = output.split(separator: "\n").suffix(40).joined(separator: "\n")
        self.init(
            .buildFailed, message, remedy: remedy, cause: tail.isEmpty ? nil : tail, details: .build(diagnostics))
    }
}

extension PluginBuildError: CustomStringConvertible {
    /// The diagnostics as a compiler prints them, or the failure, its remedy and the tool's last lines.
    package var description: String {
        switch self {
        case .diagnostics(let diagnostics): diagnostics.map { $0.rendered() }.joined(separator: "\n")
        case .cancelled: "The build was cancelled"
        case .toolFailed(let failure):
            [failure.message, failure.remedy, failure.cause].compactMap(\.self).joined(separator: "\n")
        }
    }
}

import Failures
import FunctionBuild
import Engine
import Values

/// The reason why there is no new generation, in the form in which the console and callers show it.
struct BuildFailure {
    let message: String
    let remedy: String?
    let diagnostics: [Diagnostic]
    /// The end of a tool's output, if nothing else is known.
    let output: String

    init(_ error: any Error) {
        switch error {
        case PluginBuildError.diagnostics(let all):
            let errors = all.filter { $0.severity == .error }
            message = "The functions do not compile: \(errors.count == 1 ? "1 error" : "\(errors.count) errors")"
            remedy = "Fix what the diagnostics name and save; nothing needs to be restarted."
            diagnostics = errors + all.filter { $0.severity != .error }
            output = ""
        case PluginBuildError.toolFailed(let failure):
            message = failure.what
            remedy = failure.remedy
            diagnostics = failure.diagnostics
            output = failure.outputTail
        case let problem as RegistryProblem:
            message = "The functions cannot be served: 1 error"
            remedy = nil
            let place = problem.place
            diagnostics = [
                Diagnostic(
                    .error, problem.message,
                    at: Diagnostic.Place(file: place.file, line: place.line, column: place.column))
            ]
            output = ""
        case let failure as Failure:
            message = failure.message
            remedy = failure.remedy
            diagnostics = []
            output = ""
        default:
            message = "The build failed: \(error)"
            remedy = nil
            diagnostics = []
            output = ""
        }
    }

    /// The files that have errors, by the paths that are shown.
    var files: Set<String> { Set(diagnostics.filter { $0.severity == .error }.compactMap(\.file)) }

    /// The failure of calls until the sources are fixed.
    var callFailure: Failure {
        let first = diagnostics.first { $0.line != nil }
        var details: JSONObject = ["diagnostics": .array(diagnostics.map(\.json))]
        if !output.isEmpty { details["output"] = .string(output) }
        return Failure(
            .buildFailed, diagnostics.first.map { "\(message). \($0.rendered())" } ?? message, remedy: remedy,
            location: first.flatMap { diagnostic in
                guard let file = diagnostic.file, let line = diagnostic.line else { return nil }
                return SourcePlace(file: file, line: line, column: diagnostic.column)
            },
            details: details)
    }
}

extension Diagnostic {
    /// The diagnostic as `severity`, `message` and, as far as known, `file`, `line`, `column`, `sourceLine` and
    /// `notes`.
    var json: JSONValue {
        var object: JSONObject = ["severity": .string(severity.rawValue), "message": .string(message)]
        object["file"] = file.map(JSONValue.string)
        object["line"] = line.map { .integer(Int64($0)) }
        object["column"] = column.map { .integer(Int64($0)) }
        object["sourceLine"] = sourceLine.map(JSONValue.string)
        object["notes"] = .array(
            notes.map { ["message": .string($0.message), "place": $0.place.map { .string($0.description) } ?? .null] })
        return .object(object)
    }
}

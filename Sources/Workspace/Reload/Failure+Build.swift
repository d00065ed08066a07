import Failures
import FunctionBuild

extension Failure {
    /// Creates the failure that explains why there is no new generation.
    init(ofBuild error: any Error) {
        switch error {
        case let error as PluginBuildError: self = error.failure
        case let failure as Failure: self = failure
        default: self.init(.buildFailed, "The build failed: \(error)")
        }
    }

    /// The failure of calls until the sources are fixed. Its message includes the first diagnostic.
    var ofCalls: Failure {
        let diagnostics = details.diagnostics
        let first = diagnostics.first { $0.line != nil }
        let location = first.flatMap { diagnostic in
            diagnostic.file.flatMap { file in
                diagnostic.line.map { SourcePlace(file: file, line: $0, column: diagnostic.column) }
            }
        }
        return Failure(
            .buildFailed, diagnostics.first.map { "\(message). \($0.rendered())" } ?? message, remedy: remedy,
            location: location, cause: cause, details: .build(diagnostics))
    }
}

import CloudFunctions
import Failures
import JSONSchemas
import Values

extension Failure {
    /// Creates the failure that the caller sees from an error that a call ended with.
    ///
    /// - Parameter places: the recorded places where errors were thrown, or nil if they are not known.
    init(thrown error: any Error, at places: ThrowPlaces?) {
        switch error {
        // An argument or a result that does not fit is not the fault of any line.
        case let error as ArgumentError: self.init(.invalidArgument, error.description)
        case let error as ToolArgumentError:
            self.init(
                .invalidArgument, error.message,
                details: .violations(error.violations.map { Violation(path: $0.path, message: $0.message) }))
        case let error as ResultError: self.init(.invalidResult, error.description)
        default:
            self.init(ofFunction: error)
            location = places?.place(of: error)
        }
    }

    private init(ofFunction error: any Error) {
        switch error {
        case let error as DocumentStoreError: self.init(ofStore: error)
        case let error as APIError: self.init(.functionThrew, error.message, remedy: error.remedy)
        case let error as FunctionError:
            self.init(
                .functionThrew, error.message,
                details: .function(status: error.status, code: error.code))
        default: self.init(.functionThrew, "\(error)")
        }
    }

    private init(ofStore error: DocumentStoreError) {
        let code: ErrorCode =
            switch error.kind {
            case .unavailable: .documentStoreUnavailable
            case .refused, .writeFailed: .documentStoreOperationFailed
            case .invalidDocument, .invalidName: .functionThrew
            }
        let writeErrors = error.writeErrors.map { WriteError(index: $0.index, code: $0.code, message: $0.message) }
        self.init(
            code, error.description, remedy: error.remedy,
            details: .documentStore(codeName: error.codeName, writeErrors: writeErrors))
    }
}

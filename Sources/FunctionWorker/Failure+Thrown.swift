import CloudFunctions
import Failures
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
            self.init(.invalidArgument, error.message, details: ["violations": error.json])
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
                details: ["status": .integer(Int64(error.status)), "functionCode": .string(error.code)])
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
        self.init(code, error.description, remedy: error.remedy)
        details["codeName"] = error.codeName.map(JSONValue.string)
        guard !error.writeErrors.isEmpty else { return }
        details["writeErrors"] = .array(
            error.writeErrors.map {
                ["index": .integer(Int64($0.index)), "code": .integer(Int64($0.code)), "message": .string($0.message)]
            })
    }
}

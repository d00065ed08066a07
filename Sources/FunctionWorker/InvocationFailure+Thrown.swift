import CloudFunctions
import InvocationProtocol
import Values

extension InvocationFailure {
    /// What an error that a call ended with says to the caller.
    init(thrown error: any Error) {
        switch error {
        case let error as ArgumentError: self.init(.invalidArgument, error.description)
        case let error as ResultError: self.init(.invalidResult, error.description)
        case let error as DocumentStoreError: self.init(error)
        case let error as FunctionError: self.init(error)
        default: self.init(.functionThrew, "\(error)")
        }
    }

    private init(_ error: FunctionError) {
        self.init(
            .functionThrew, error.message,
            location: SourcePlace(file: error.file, line: error.line, column: error.column),
            details: ["status": .integer(Int64(error.status)), "functionCode": .string(error.code)])
    }

    private init(_ error: DocumentStoreError) {
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

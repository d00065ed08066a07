/// The stable codes of the error object, each with the HTTP status for calls by path and the party at fault.
///
/// There is no other list of these codes. Callers may rely on the raw values.
package enum ErrorCode: String, CaseIterable, Sendable {
    // The request
    case unauthorized
    case hostNotAllowed = "host-not-allowed"
    case originNotAllowed = "origin-not-allowed"
    case pathNotFound = "path-not-found"
    case methodNotAllowed = "method-not-allowed"
    case unsupportedContentType = "unsupported-content-type"
    case headTooLarge = "head-too-large"
    case bodyTooLarge = "body-too-large"
    case invalidRequest = "invalid-request"
    case invalidName = "invalid-name"
    case functionNotFound = "function-not-found"
    case invalidArgument = "invalid-argument"
    case callerGone = "caller-gone"
    case objectAccessDenied = "object-access-denied"
    case objectNotFound = "object-not-found"
    // The function
    case buildFailed = "build-failed"
    case configurationInvalid = "configuration-invalid"
    case functionThrew = "function-threw"
    case functionCrashed = "function-crashed"
    case functionExited = "function-exited"
    case functionKilled = "function-killed"
    case functionTimedOut = "function-timed-out"
    case memoryExceeded = "memory-exceeded"
    case invalidResult = "invalid-result"
    case documentStoreOperationFailed = "document-store-operation-failed"
    case documentStoreUnavailable = "document-store-unavailable"
    // The emulator
    case buildTakesLong = "build-takes-long"
    case queueFull = "queue-full"
    case stopping = "stopping"
    case workerUnavailable = "worker-unavailable"
    case internalError = "internal-error"
    // The command line, which has no callers
    case cannotRun = "cannot-run"
    case invalidSetting = "invalid-setting"
    case invalidData = "invalid-data"

    /// The party that is at fault for an error.
    package enum Origin: Sendable {
        /// The caller. The request is wrong.
        case caller
        /// The function's author. The code or the configuration is wrong.
        case function
        /// The emulator, or the machine it runs on.
        case emulator
        /// The command line. No caller gets such a failure.
        case command
    }

    /// The HTTP status of the code.
    package var status: Int {
        switch self {
        case .unauthorized: 401
        case .hostNotAllowed, .originNotAllowed, .objectAccessDenied: 403
        case .pathNotFound, .functionNotFound, .objectNotFound: 404
        case .methodNotAllowed: 405
        case .unsupportedContentType: 415
        case .bodyTooLarge: 413
        case .headTooLarge: 431
        case .invalidRequest, .invalidName, .invalidArgument: 400
        case .buildFailed, .configurationInvalid, .functionThrew, .functionCrashed, .functionExited, .functionKilled,
            .memoryExceeded, .invalidResult, .documentStoreOperationFailed, .documentStoreUnavailable,
            .workerUnavailable, .internalError, .cannotRun, .invalidSetting, .invalidData:
            500
        // This status is rarely seen, because only a caller that has closed its side of the connection and still
        // reads receives it.
        case .callerGone: 499
        case .buildTakesLong, .queueFull, .stopping: 503
        case .functionTimedOut: 504
        }
    }

    /// The party that is at fault.
    package var origin: Origin {
        switch self {
        case .unauthorized, .hostNotAllowed, .originNotAllowed, .pathNotFound, .functionNotFound, .methodNotAllowed,
            .unsupportedContentType, .headTooLarge, .bodyTooLarge, .invalidRequest, .invalidName, .invalidArgument,
            .callerGone,
            .objectAccessDenied, .objectNotFound:
            .caller
        case .buildFailed, .configurationInvalid, .functionThrew, .functionCrashed, .functionExited, .functionKilled,
            .functionTimedOut, .memoryExceeded, .invalidResult, .documentStoreOperationFailed:
            .function
        case .documentStoreUnavailable, .buildTakesLong, .queueFull, .stopping, .workerUnavailable, .internalError:
            .emulator
        case .cannotRun, .invalidSetting, .invalidData: .command
        }
    }

    /// The exit code of a command that fails: 2 for wrong usage, otherwise 1.
    package var exitCode: Int32 { self == .invalidSetting ? 2 : 1 }
}

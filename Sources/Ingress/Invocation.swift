import Failures
import NIOCore
import WorkerProtocol

/// One call on its way from its arrival to its outcome. Lives on the event loop.
final class Invocation {
    let request: CallRequest
    let activationID: ActivationID
    /// Whether a function makes it that runs.
    let isNested: Bool
    let caller: Caller
    let arrival = NIODeadline.now()
    let completion: (CallOutcome) -> Void
    /// Ends it when it has waited for a build for too long; nil before it has waited.
    var patience: Scheduled<Void>?
    /// The path of the function, once it is found.
    private(set) var path: String?
    private(set) var start: CallStart?

    /// - Parameter completion: told the outcome once.
    init(
        _ request: CallRequest, activationID: ActivationID, isNested: Bool, caller: Caller,
        completion: @escaping (CallOutcome) -> Void
    ) {
        self.request = request
        self.activationID = activationID
        self.isNested = isNested
        self.caller = caller
        self.completion = completion
    }

    /// Says what runs it.
    func begins(_ path: String, _ start: CallStart) {
        self.path = path
        self.start = start
    }
}

/// What came of a call.
struct CallOutcome {
    /// The result's JSON.
    let result: Result<ByteBuffer, Failure>
    /// What ran it; nil when it was not begun.
    let start: CallStart?
}

/// What runs a call.
struct CallStart {
    /// The number of the generation.
    let generation: Int
    /// Whether the sources have changed since and do not build; the function's own file has not.
    let buildHasFailed: Bool
}

extension Result {
    /// Why it is none; nil for a success.
    var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}

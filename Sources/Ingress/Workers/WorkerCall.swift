import Failures
import FoundationEssentials
import FunctionContracts
import NIOCore
import WorkerProtocol

/// A call as a worker gets it, and who waits for its outcome.
final class WorkerCall {
    let function: FunctionRecord
    let activationID: ActivationID
    let request: CallRequest
    /// Whether a function makes it that runs.
    let isNested: Bool
    /// Whether the function is to be described, not called.
    let isDescription: Bool
    /// Whether arguments are checked against the function's schema first.
    let checksArguments: Bool
    /// How often a worker ended before it began this call.
    var retries = 0
    private var completion: ((Result<ByteBuffer, Failure>) -> Void)?

    /// - Parameter completion: called once, on the event loop, with the result's JSON.
    init(
        function: FunctionRecord, activationID: ActivationID, request: CallRequest, isNested: Bool = false,
        isDescription: Bool = false, checksArguments: Bool = false,
        completion: @escaping (Result<ByteBuffer, Failure>) -> Void
    ) {
        self.function = function
        self.activationID = activationID
        self.request = request
        self.isNested = isNested
        self.isDescription = isDescription
        self.checksArguments = checksArguments
        self.completion = completion
    }

    /// Ends the call; whatever comes after the first outcome is ignored.
    func finish(_ outcome: Result<ByteBuffer, Failure>) {
        let completion = completion
        self.completion = nil
        completion?(outcome)
    }

    /// The bytes that go to the worker: one buffer for a small call, the sections as they came for a large one.
    ///
    /// - Parameter deadline: when the call ends at the latest.
    func message(_ allocator: ByteBufferAllocator, deadline: Date) -> [ByteBuffer] {
        let sections = [request.arguments, request.context, request.config, request.internalConfig]
        let head = CallHead(
            functionIndex: function.index, activationID: activationID,
            deadlineMilliseconds: UInt64(deadline.timeIntervalSince1970 * 1_000),
            argumentsAreText: request.argumentsAreText, isDescription: isDescription, checksArguments: checksArguments,
            argumentsLength: sections[0].readableBytes, contextLength: sections[1].readableBytes,
            configLength: sections[2].readableBytes, internalConfigLength: sections[3].readableBytes)
        return Framing.message(
            kind: IngressMessage.call.rawValue, head: head.encoded, sections, allocator)
    }
}

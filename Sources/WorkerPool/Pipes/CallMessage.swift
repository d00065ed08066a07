import FoundationEssentials
import FunctionContracts
import Invocations
import NIOCore
import WorkerProtocol

extension ActiveInvocation {
    /// Returns the bytes of the call for its worker: one buffer for a small call, or the sections as they arrived for a
    /// large one.
    ///
    /// - Parameter deadline: the latest time at which the call ends.
    func message(_ allocator: ByteBufferAllocator, deadline: Date) -> [ByteBuffer] {
        let (arguments, areText, isDescription) =
            switch invocation.input {
            case .arguments(let json, let areText): (json, areText, false)
            case .description: (ByteBuffer(), false, true)
            }
        let overrides = invocation.overrides
        let sections = [arguments, invocation.context, overrides.config, overrides.internalConfig]
        let head = CallHead(
            functionIndex: function?.index ?? .max,
            deadlineMilliseconds: UInt64(deadline.timeIntervalSince1970 * 1_000),
            argumentsAreText: areText, isDescription: isDescription, checksArguments: checksArguments,
            recordsOperations: recordsOperations, argumentsLength: sections[0].readableBytes,
            contextLength: sections[1].readableBytes,
            configLength: sections[2].readableBytes, internalConfigLength: sections[3].readableBytes)
        return Framing.message(
            kind: EngineMessage.call.rawValue, of: invocation.id, head: head.encoded, sections, allocator)
    }
}

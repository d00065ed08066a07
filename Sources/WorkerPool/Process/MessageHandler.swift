import Invocations
import NIOCore
import WorkerProtocol

/// The handler that passes a worker's messages on, one after the other.
///
/// The pipe is not read while a long message is parsed on another thread, or while enough of a result is waiting to be
/// read.
final class MessageHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let worker: Worker
    private var decoder = MessageDecoder()
    /// Whether the pipe was closed while a message was parsed.
    private var isClosed = false

    init(worker: Worker) {
        self.worker = worker
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        decoder.append(Self.unwrapInboundIn(data))
        passMessages(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        closed()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A worker that can report nothing more is of no use, even if it still takes calls.
        if case ChannelEvent.inputClosed = event { closed() }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A write failed because the process has died.
        context.close(promise: nil)
    }

    private func passMessages(_ context: ChannelHandlerContext) {
        do throws(ProtocolError) {
            while !worker.reading.isParsing, let message = try decoder.next() {
                if ParsedMessage.takesLong(message) {
                    parse(message, context)
                } else {
                    worker.received(ParsedMessage(message), of: message.activationID)
                }
            }
            worker.readOrPause()
        } catch {
            worker.garbled()
            context.close(promise: nil)
        }
    }

    private func parse(_ message: MessageDecoder.Message, _ context: ChannelHandlerContext) {
        worker.reading.isParsing = true
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        BackgroundWork.run(for: context.eventLoop) { ParsedMessage(message) }.whenComplete { parsed in
            let (handler, context) = bound.value
            handler.worker.reading.isParsing = false
            handler.worker.received((try? parsed.get()) ?? .unknown, of: message.activationID)
            handler.passMessages(context)
            if handler.isClosed { handler.closed() }
        }
    }

    private func closed() {
        isClosed = true
        if !worker.reading.isParsing { worker.resultsClosed() }
    }
}

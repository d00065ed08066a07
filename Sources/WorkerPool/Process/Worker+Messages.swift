import Failures
import FunctionContracts
import Invocations
import Logging
import NIOCore
import Values
import WorkerProtocol

extension Worker {
    fileprivate func received(_ message: MessageDecoder.Message) {
        switch WorkerMessage(rawValue: message.kind) {
        case .ready:
            hasLoaded()
            noteReady()
            let worker = NIOLoopBound(self, eventLoop: eventLoop)
            inGroup.whenSuccess { if worker.value.state.isRunning { worker.value.events.onFree(worker.value) } }
        case .loadFailed: events.onLoadFailure(failure(in: message.payload))
        case .description:
            hasLoaded()
            events.onDescription(message.payload)
        case .result: finishCall(.success(message.payload))
        case .failure: finishCall(.failure(failure(in: message.payload)))
        case .log: logged(message.payload)
        case nil: garbled()
        }
    }

    private func failure(in payload: ByteBuffer) -> Failure {
        let json = try? JSONValue(parsing: payload.readableBytesUInt8Span)
        guard var failure = json?.object.flatMap(Failure.init(json:)) else {
            return Failure(.internalError, "A worker reported a failure that cannot be read")
        }
        failure.location = failure.location.flatMap(launcher.functions.shown)
        return failure
    }

    private func logged(_ payload: ByteBuffer) {
        guard output.admits(payload.readableBytes),
            let json = (try? JSONValue(parsing: payload.readableBytesUInt8Span))?.object,
            let record = LogRecord(json: json)
        else { return }
        // A task that an earlier call left running logs as that call.
        let isOfCall = record.activationID == nil || record.activationID == state.call?.invocation.id
        let call = isOfCall ? state.call : nil
        observer.logged(record, by: call?.invocation, call?.function, on: identity)
    }
}

/// Hands a worker's messages on.
final class MessageHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let worker: Worker
    private var decoder = MessageDecoder()

    init(worker: Worker) {
        self.worker = worker
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        decoder.append(Self.unwrapInboundIn(data))
        do throws(ProtocolError) {
            while let message = try decoder.next() { worker.received(message) }
        } catch {
            worker.garbled()
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        worker.resultsClosed()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A worker that can say nothing more is of no use, even where it still takes calls.
        if case ChannelEvent.inputClosed = event { worker.resultsClosed() }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A write to a process that has died.
        context.close(promise: nil)
    }
}

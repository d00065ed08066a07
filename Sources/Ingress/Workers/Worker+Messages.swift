import Failures
import FunctionContracts
import Logging
import NIOCore
import Values
import WorkerProtocol

extension Worker {
    fileprivate func received(_ message: MessageDecoder.Message) {
        switch WorkerMessage(rawValue: message.kind) {
        case .ready:
            hasLoaded()
            let worker = NIOLoopBound(self, eventLoop: eventLoop)
            inGroup.whenSuccess { if worker.value.life == .running { worker.value.events.isFree(worker.value) } }
        case .loadFailed: events.failedToLoad(failure(in: message.payload))
        case .description:
            hasLoaded()
            events.described(message.payload)
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
            let record = LogRecord(json: json), let level = Logger.Level(rawValue: record.level)
        else { return }
        var metadata: Logger.Metadata = [:]
        for (key, value) in record.metadata { metadata[key] = "\(value.string ?? "")" }
        if let currentCall, record.activationID ?? currentCall.activationID == currentCall.activationID {
            metadata["function.name"] = "\(currentCall.function.path)"
            metadata["activation.id"] = "\(currentCall.activationID)"
        } else if let earlier = record.activationID {
            // A task that its call left running.
            metadata["activation.id"] = "\(earlier)"
        }
        logger.log(level: level, "\(record.message)", metadata: metadata)
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

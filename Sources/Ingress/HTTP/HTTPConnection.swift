import DequeModule
import Failures
import NIOCore
import NIOHTTP1
import WorkerProtocol

/// One connection of HTTP/1.1: hands its requests to the ``Responder``, one after the other, and writes the answers.
///
/// A request is answered once it is whole, or else once all is read that came with its head; so most bodies are there when they are
/// asked for. What comes behind it waits for its answer, and so does the client that reads no answers.
final class HTTPConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let responder: Responder
    private let date: DateHeader
    /// Who is at the other end.
    let caller = Caller()
    private var context: ChannelHandlerContext?
    /// The request that is read or answered.
    private var exchange: Exchange?
    /// What came behind it.
    private var pending: Deque<HTTPServerRequestPart> = []
    private var phase = Phase.open
    private var isInputClosed = false
    /// Whether what came is no HTTP, so that nothing more can be made of it.
    private var isGarbled = false
    /// Whether the channel wanted to read when it was not to.
    private var isReadHeld = false
    /// Whether ``goOn()`` goes through what is pending.
    private var isGoingOn = false
    /// How long a client has to close its side after the last answer; closing before that may take the answer from it.
    private static let lingering = TimeAmount.seconds(1)

    private enum Phase {
        case open
        /// No more requests are taken.
        case ending
        /// The last answer is handed over; what comes is dropped.
        case answered
        /// All is written.
        case written
    }

    /// A request and how far it is.
    private struct Exchange {
        enum Progress {
            /// Its answer has not begun.
            case read
            case answering
            /// Its answer is written, and the rest of its body is skipped.
            case answered
            /// Events are sent until the connection ends.
            case streaming(EventSubscriber)
        }

        let head: HTTPRequestHead
        let request: Request
        var progress = Progress.read
        /// Whether the client waits to be asked for the body.
        var isBodyHeldBack = false

        /// Whether its answer has not begun.
        var isRead: Bool { if case .read = progress { true } else { false } }

        /// Whether another request may follow on its connection. The decoder stops at what asks for another protocol.
        var keepsAlive: Bool {
            head.isKeepAlive && head.method != .CONNECT && !head.headers.contains(name: "Upgrade")
                && !(isBodyHeldBack && request.body.isComing)
        }
    }

    init(responder: Responder, date: DateHeader) {
        self.responder = responder
        self.date = date
    }

    /// Closes the connection, after the answer that is due.
    func end() {
        guard phase == .open else { return }
        phase = .ending
        guard let exchange else { return closeOutput() }
        if exchange.isRead || exchange.request.body.isComing { close() }
    }

    /// Closes the connection at once.
    func close() {
        context?.close(promise: nil)
    }

    // MARK: - What comes

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        let part = Self.unwrapInboundIn(data)
        if takesMore, pending.isEmpty { take(part) } else { pending.append(part) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if exchange?.isRead ?? false { answer() }
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        guard isFull else { return context.read() }
        isReadHeld = true
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { goOn() }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A client that went away cannot be told from one that sends no more and still listens; the former is what happens.
        if case ChannelEvent.inputClosed = event { inputClosed() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        inputClosed()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError || error is ByteToMessageDecoderError else { return close() }
        guard !isGarbled, !isOver else { return }
        isGarbled = true
        phase = .ending
        switch exchange?.progress {
        case nil, .read:
            exchange = nil
            let failure = Failure(.invalidRequest, "The request is not HTTP/1.1: \(error)")
            write(.failure(failure, surface: .direct, activationID: .random()), connection: "close", hasBody: true)
            closeOutput()
        // The answer that is due comes first, and tells enough.
        case .answering, .streaming: exchange?.request.body.cut()
        case .answered: closeOutput()
        }
    }

    private var isOver: Bool { phase == .answered || phase == .written }
    private var isWritable: Bool { context?.channel.isWritable ?? false }

    /// Whether what comes belongs to the request that is read, or may begin one.
    private var takesMore: Bool { exchange.map { !$0.request.body.isWhole } ?? isWritable }

    /// Whether nothing more is to be read now. To stop reading costs the system two calls, so that a connection whose client waits for
    /// its answer is not stopped.
    private var isFull: Bool {
        guard !isOver else { return false }
        guard pending.isEmpty, !isGarbled, isWritable else { return true }
        guard let exchange, !exchange.isRead, !exchange.request.body.isWhole else { return false }
        return !exchange.request.body.isWanted
    }

    private func inputClosed() {
        guard !isInputClosed else { return }
        isInputClosed = true
        if phase == .open { phase = .ending }
        exchange?.request.body.cut()
        caller.goes()
        switch (phase, exchange?.progress) {
        case (.written, _): close()
        case (.answered, _), (_, .answering): break
        case (_, .streaming(let subscriber)): subscriber.end()
        default: closeOutput()
        }
    }

    private func take(_ part: HTTPServerRequestPart) {
        switch part {
        case .head(let head):
            guard phase == .open else { return }
            exchange = Exchange(head: head, request: Request(head, body: RequestBody()))
        case .body(var bytes): exchange?.request.body.append(&bytes)
        case .end:
            guard let exchange else { return }
            exchange.request.body.end()
            switch exchange.progress {
            case .read: answer()
            case .answered: next()
            case .answering, .streaming: break
            }
        }
    }

    private func readOn() {
        guard isReadHeld, !isFull else { return }
        isReadHeld = false
        context?.read()
    }

    // MARK: - What goes

    private func answer() {
        guard let version = exchange?.head.version, let request = exchange?.request else { return }
        exchange?.progress = .answering
        if !request.body.isWhole {
            exchange?.isBodyHeldBack = version == .http1_1 && request["Expect"]?.lowercased() == "100-continue"
            request.body.onWanted = { [weak self] in self?.bodyIsWanted() }
        }
        responder.respond(to: request, on: self)
    }

    private func bodyIsWanted() {
        // curl sends a long body only a second later unless it is asked for (RFC 9110, 10.1.1).
        if exchange?.isBodyHeldBack ?? false {
            exchange?.isBodyHeldBack = false
            let text = ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n")
            context?.writeAndFlush(Self.wrapOutboundOut(text), promise: nil)
        }
        readOn()
    }

    /// Writes the answer to a request that was handed over.
    func finish(_ answer: Answer, to request: Request) {
        guard let exchange, exchange.request.body === request.body, context != nil else { return }
        if phase == .open, !exchange.keepsAlive || answer.subscriber != nil { phase = .ending }
        let connection = phase == .ending ? "close" : exchange.head.version == .http1_0 ? "keep-alive" : nil
        write(answer, connection: connection, hasBody: exchange.head.method != .HEAD)
        if let subscriber = answer.subscriber {
            self.exchange?.progress = .streaming(subscriber)
            stream(subscriber)
        } else if exchange.request.body.isComing, phase == .open {
            self.exchange?.progress = .answered
            exchange.request.body.drop()
            readOn()
        } else {
            next()
        }
    }

    /// Goes on with what follows the request that was answered.
    private func next() {
        exchange = nil
        if phase == .open { goOn() } else { closeOutput() }
    }

    private func goOn() {
        guard !isGoingOn else { return }
        isGoingOn = true
        while takesMore, let part = pending.popFirst() { take(part) }
        if exchange?.isRead ?? false { answer() }
        isGoingOn = false
        readOn()
    }

    /// Sends a listener its events for as long as it listens.
    private func stream(_ subscriber: EventSubscriber) {
        guard let context else { return }
        let bound = NIOLoopBound((connection: self, subscriber: subscriber), eventLoop: context.eventLoop)
        Task.immediate(executorPreference: responder.host.executor) {
            let (connection, subscriber) = bound.value
            for await event in subscriber.events {
                guard (try? await connection.write(chunk: event)) != nil else { break }
                subscriber.sent(event)
            }
            connection.responder.host.core.value.events.remove(subscriber)
            _ = try? await connection.write(chunk: ByteBuffer())
            connection.closeOutput()
        }
    }

    /// Says the client that nothing more comes, once all is written, and lets it close its side.
    private func closeOutput() {
        guard !isOver, let context else { return }
        phase = .answered
        exchange = nil
        pending = []
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in bound.value.outputClosed() }
        if isInputClosed {
            // To close what is left of the connection would throw away what is not written.
            context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer()), promise: written)
        } else {
            context.close(mode: .output, promise: written)
        }
        readOn()
    }

    private func outputClosed() {
        phase = .written
        guard !isInputClosed, let context else { return close() }
        let connection = NIOLoopBoundWeak(self, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.lingering) { connection.value?.close() }
    }

    private func write(_ answer: Answer, connection: String?, hasBody: Bool) {
        guard let context else { return }
        let (head, body) = answer.encoded(
            date: date.text, connection: connection, hasBody: hasBody, context.channel.allocator)
        context.write(Self.wrapOutboundOut(head), promise: nil)
        if let body { context.write(Self.wrapOutboundOut(body), promise: nil) }
        context.flush()
    }

    /// Writes a part of a body whose length is not known before its end (RFC 9112, 7.1); returns once the system has taken it.
    ///
    /// - Parameter bytes: empty for the end.
    private func write(chunk bytes: ByteBuffer) async throws {
        guard let context else { throw ChannelError.ioOnClosedChannel }
        var chunk = ByteBuffer(string: String(bytes.readableBytes, radix: 16) + "\r\n")
        chunk.writeImmutableBuffer(bytes)
        chunk.writeStaticString("\r\n")
        try await context.writeAndFlush(Self.wrapOutboundOut(chunk)).get()
    }
}

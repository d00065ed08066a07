import DequeModule
import Engine
import Failures
import NIOCore
import NIOHTTP1
import Surfaces
import WorkerPool
import WorkerProtocol

/// One connection of HTTP/1.1: hands its requests to the ``Responder``, one after the other, and writes the answers.
///
/// A request is answered once it is whole, or else once all is read that came with its head; so most bodies are there when they are
/// asked for. What comes behind it waits for its answer, and so does the client that reads no answers.
final class HTTPConnection: ChannelDuplexHandler, ClientConnection {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let responder: Responder
    private let date: DateHeader
    private var context: ChannelHandlerContext?
    /// The request that is read or answered.
    private var current: Current?
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
    /// The time that a client has to close its side after the last answer; closing before that may take the answer from it.
    private static let lingering = TimeAmount.seconds(1)

    /// The time that a client has to read the rest of a body that comes in pieces.
    private static let streamEndTime = TimeAmount.milliseconds(500)

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
    private struct Current {
        enum Progress {
            /// Its answer has not begun.
            case read
            case answering
            /// Its answer is written, and the rest of its body is skipped.
            case answered
            /// Events are sent until the connection ends.
            case streaming(any BodyStream)
        }

        let head: HTTPRequestHead
        let exchange: Exchange
        var progress = Progress.read
        /// Whether the client waits to be asked for the body.
        var isBodyHeldBack = false

        var body: RequestBody { exchange.body }

        /// Whether its answer has not begun.
        var isRead: Bool { if case .read = progress { true } else { false } }

        /// Whether another request may follow on its connection. The decoder stops at what asks for another protocol.
        var keepsAlive: Bool {
            head.isKeepAlive && head.method != .CONNECT && !head.headers.contains(name: "Upgrade")
                && !(isBodyHeldBack && body.isComing)
        }
    }

    init(responder: Responder, date: DateHeader) {
        self.responder = responder
        self.date = date
    }

    /// Closes the connection, after the answer that is due.
    func end() {
        if case .streaming(let stream) = current?.progress { return end(stream) }
        guard phase == .open else { return }
        phase = .ending
        guard let current else { return closeOutput() }
        if current.isRead || current.body.isComing { close() }
    }

    /// Ends a body that comes in pieces; a client that does not read would never get to its end.
    private func end(_ stream: any BodyStream) {
        stream.end()
        guard let context else { return }
        let connection = NIOLoopBoundWeak(self, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.streamEndTime) { connection.value?.close() }
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
        if current?.isRead ?? false { answer() }
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
        switch current?.progress {
        case nil, .read:
            current = nil
            let failure = Failure(.invalidRequest, "The request is not HTTP/1.1: \(error)")
            let id = ActivationID.random()
            var response = Response.error(failure, status: failure.code.status, id: id)
            response.headers.add(name: IngressHeader.activationID, value: id.description)
            write(response, connection: "close", hasBody: true)
            closeOutput()
        // The answer that is due comes first, and tells enough.
        case .answering, .streaming: current?.body.cut()
        case .answered: closeOutput()
        }
    }

    private var isOver: Bool { phase == .answered || phase == .written }
    private var isWritable: Bool { context?.channel.isWritable ?? false }

    /// Whether what comes belongs to the request that is read, or may begin one.
    private var takesMore: Bool { current.map { !$0.body.isWhole } ?? isWritable }

    /// Whether nothing more is to be read now. To stop reading costs the system two calls, so that a connection whose client waits for
    /// its answer is not stopped.
    private var isFull: Bool {
        guard !isOver else { return false }
        guard pending.isEmpty, !isGarbled, isWritable else { return true }
        guard let current, !current.isRead, !current.body.isWhole else { return false }
        return !current.body.isWanted
    }

    private func inputClosed() {
        guard !isInputClosed else { return }
        isInputClosed = true
        if phase == .open { phase = .ending }
        current?.body.cut()
        current?.exchange.clientHasGone()
        switch (phase, current?.progress) {
        case (.written, _): close()
        case (.answered, _), (_, .answering): break
        case (_, .streaming(let stream)): stream.end()
        default: closeOutput()
        }
    }

    private func take(_ part: HTTPServerRequestPart) {
        switch part {
        case .head(let head):
            guard phase == .open else { return }
            let exchange = responder.exchange(Request(head), body: RequestBody(), on: self)
            current = Current(head: head, exchange: exchange)
        case .body(var bytes): current?.body.append(&bytes)
        case .end:
            guard let current else { return }
            current.body.end()
            switch current.progress {
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
        guard let current else { return }
        let request = current.exchange.request
        self.current?.progress = .answering
        if !current.body.isWhole {
            self.current?.isBodyHeldBack =
                current.head.version == .http1_1 && request["Expect"]?.lowercased() == "100-continue"
            current.body.onWanted = { [weak self] in self?.bodyIsWanted() }
        }
        responder.respond(to: current.exchange)
    }

    private func bodyIsWanted() {
        // curl sends a long body only a second later unless it is asked for (RFC 9110, 10.1.1).
        if current?.isBodyHeldBack ?? false {
            current?.isBodyHeldBack = false
            let text = ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n")
            context?.writeAndFlush(Self.wrapOutboundOut(text), promise: nil)
        }
        readOn()
    }

    /// Writes the response to a request that was handed over.
    func write(_ response: Response, to exchange: Exchange) {
        guard let current, current.exchange === exchange, context != nil else { return }
        let stream: (any BodyStream)? = if case .stream(let stream) = response.body { stream.value } else { nil }
        if phase == .open, !current.keepsAlive || stream != nil { phase = .ending }
        let connection = phase == .ending ? "close" : current.head.version == .http1_0 ? "keep-alive" : nil
        write(response, connection: connection, hasBody: current.head.method != .HEAD)
        if let stream {
            self.current?.progress = .streaming(stream)
            send(stream)
        } else if current.body.isComing, phase == .open {
            self.current?.progress = .answered
            current.body.drop()
            readOn()
        } else {
            next()
        }
    }

    /// Goes on with what follows the request that was answered.
    private func next() {
        current = nil
        if phase == .open { goOn() } else { closeOutput() }
    }

    private func goOn() {
        guard !isGoingOn else { return }
        isGoingOn = true
        while takesMore, let part = pending.popFirst() { take(part) }
        if current?.isRead ?? false { answer() }
        isGoingOn = false
        readOn()
    }

    /// Sends the pieces of a body until it ends.
    private func send(_ stream: any BodyStream) {
        guard let context else { return }
        let bound = NIOLoopBound((connection: self, stream: stream), eventLoop: context.eventLoop)
        Task.immediate(executorPreference: responder.engine.executor) {
            let (connection, stream) = bound.value
            while let piece = await stream.next() {
                guard (try? await connection.write(chunk: piece)) != nil else { break }
            }
            stream.end()
            _ = try? await connection.write(chunk: ByteBuffer())
            connection.closeOutput()
        }
    }

    /// Says the client that nothing more comes, once all is written, and lets it close its side.
    private func closeOutput() {
        guard !isOver, let context else { return }
        phase = .answered
        current = nil
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

    private func write(_ response: Response, connection: String?, hasBody: Bool) {
        guard let context else { return }
        let (head, body) = response.encoded(
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

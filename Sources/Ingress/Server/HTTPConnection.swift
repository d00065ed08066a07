import DequeModule
import Engine
import Failures
import Invocations
import NIOCore
import NIOHTTP1
import Surfaces
import WorkerProtocol

/// An HTTP/1.1 connection, which performs the actions that ``HTTPConnectionStateMachine`` decides on.
final class HTTPConnection: ChannelDuplexHandler, ClientConnection {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let responder: Responder
    private let date: DateHeader
    private var context: ChannelHandlerContext?
    private var machine = HTTPConnectionStateMachine()
    /// The actions still to be performed. An action may cause further events, whose actions are added at the end.
    private var actions = HTTPConnectionStateMachine.Actions()
    private var isPerforming = false
    /// The exchange of the current request, or nil if there is none.
    private var exchange: Exchange?
    /// The response to the current request, once there is one.
    private var response: Response?
    /// Whether a response that comes in pieces is chunked.
    private var isChunked = true
    /// The time that a client has to close its side after the last response.
    private static let lingering = TimeAmount.seconds(1)
    /// The time that a client has to read the rest of a response that comes in pieces, when the emulator stops.
    private static let streamEndTime = TimeAmount.milliseconds(500)

    init(responder: Responder, date: DateHeader) {
        self.responder = responder
        self.date = date
    }

    /// Closes the connection after the response that is due.
    func end() {
        machine.end(&actions)
        perform()
    }

    func close() {
        context?.close(promise: nil)
    }

    func write(_ response: Response, to exchange: Exchange) {
        let stream: (any BodyStream)? = if case .stream(let stream) = response.body { stream.value } else { nil }
        let isDue = exchange === self.exchange && context != nil && self.response == nil
        if isDue {
            self.response = response
            machine.responded(isStream: stream != nil, &actions)
        }
        if !isDue || exchange.request.method == .HEAD { stream?.end() }
        perform()
    }

    // MARK: - Events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        // The exchange keeps this connection alive.
        release()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        machine.received(Self.unwrapInboundIn(data), &actions)
        perform()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        machine.readCompleted(&actions)
        perform()
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if machine.wantsToRead() { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        machine.writabilityChanged(to: context.channel.isWritable, &actions)
        perform()
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { inputClosed() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        inputClosed()
        context.fireChannelInactive()
    }

    private func inputClosed() {
        machine.inputClosed(&actions)
        perform()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError || error is ByteToMessageDecoderError else { return close() }
        parsingError = error
        machine.garbled(&actions)
        perform()
    }

    /// The parser's error, if the client has sent something other than HTTP.
    private var parsingError: (any Error)?

    // MARK: - Actions

    private func perform() {
        guard !isPerforming else { return }
        isPerforming = true
        while let action = actions.popFirst() { perform(action) }
        isPerforming = false
    }

    private func perform(_ action: HTTPConnectionStateMachine.Action) {
        switch action {
        case .begin(let head): begin(head)
        case .appendToBody(var bytes): append(&bytes)
        case .endBody: exchange?.body.finish()
        case .cutBody: exchange?.body.fail(.bodyCut)
        case .dropBody: exchange?.body.end()
        case .respond: respond()
        case .askForBody:
            let text = ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n")
            context?.writeAndFlush(Self.wrapOutboundOut(text), promise: nil)
        case .write(let connection, let hasBody):
            if let response { write(response, connection: connection, hasBody: hasBody) }
        case .release: release()
        case .stream: stream()
        case .endStream: responseStream?.end()
        case .endEndlessStream: endEndlessStream()
        case .reject: reject()
        case .clientGone: exchange?.clientHasGone()
        case .read: context?.read()
        case .closeOutput(let keepsSocket): closeOutput(keepsSocket: keepsSocket)
        case .closeSoon: close(in: Self.lingering)
        case .close: close()
        }
    }

    private func release() {
        exchange = nil
        response = nil
    }

    private func begin(_ head: HTTPRequestHead) {
        response = nil
        isChunked = head.version != .http1_0
        exchange = responder.exchange(Request(head), body: BodyPipe(), on: self)
    }

    private func append(_ bytes: inout ByteBuffer) {
        guard let body = exchange?.body else { return }
        body.append(&bytes)
        if body.isFull { machine.bodyIsFull() }
    }

    private func respond() {
        guard let exchange else { return }
        if !machine.isBodyWhole {
            exchange.body.onWanted = { [weak self] in
                guard let self else { return }
                machine.bodyIsWanted(&actions)
                perform()
            }
        }
        responder.respond(to: exchange)
    }

    private var responseStream: (any BodyStream)? {
        if case .stream(let stream) = response?.body { stream.value } else { nil }
    }

    private func endEndlessStream() {
        guard let stream = responseStream, stream.isEndless else { return }
        stream.end()
        close(in: Self.streamEndTime)
    }

    private func stream() {
        guard let context, let stream = responseStream else { return }
        let bound = NIOLoopBound((connection: self, stream: stream), eventLoop: context.eventLoop)
        Task.immediate(executorPreference: responder.engine.executor) {
            let (connection, stream) = bound.value
            let isWhole = await connection.writePieces(of: stream)
            stream.end()
            if isWhole { _ = try? await connection.write(chunk: ByteBuffer()) }
            connection.machine.streamEnded(isWhole: isWhole, &connection.actions)
            connection.perform()
        }
    }

    /// Writes the pieces of a response, each after the system has accepted the one before.
    ///
    /// - Returns: whether the body is complete. If it is not, the client notices that its end is missing.
    private func writePieces(of stream: any BodyStream) async -> Bool {
        do throws(Failure) {
            while let piece = try await stream.next() {
                // An empty chunk would end the body.
                if piece.readableBytes == 0 { continue }
                guard (try? await write(chunk: piece)) != nil else { return false }
            }
            return true
        } catch {
            return false
        }
    }

    private func reject() {
        let failure = Failure.notHTTP(parsingError)
        let id = ActivationID.random()
        var response = Response.error(failure, status: failure.code.status, id: id)
        response.headers.add(name: IngressHeader.activationID, value: id.description)
        write(response, connection: "close", hasBody: true)
    }

    private func closeOutput(keepsSocket: Bool) {
        guard let context else { return }
        release()
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in
            let connection = bound.value
            connection.machine.outputClosed(&connection.actions)
            connection.perform()
        }
        if keepsSocket {
            context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer()), promise: written)
        } else {
            context.close(mode: .output, promise: written)
        }
    }

    private func close(in time: TimeAmount) {
        guard let context else { return }
        let connection = NIOLoopBoundWeak(self, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: time) { connection.value?.close() }
    }

    private func write(_ response: Response, connection: String?, hasBody: Bool) {
        guard let context else { return }
        let (head, body) = response.encoded(
            date: date.text, connection: connection, hasBody: hasBody, isChunked: isChunked, context.channel.allocator)
        context.write(Self.wrapOutboundOut(head), promise: nil)
        if let body { context.write(Self.wrapOutboundOut(body), promise: nil) }
        context.flush()
    }

    /// Writes a chunk of a body whose length is not known in advance (RFC 9112, 7.1), and returns once the system has
    /// accepted it. For a client of HTTP/1.0, which knows no chunks, the end of the connection is the end of the body.
    ///
    /// - Parameter bytes: the contents of the chunk, which are empty at the end of the body.
    private func write(chunk bytes: ByteBuffer) async throws {
        guard let context else { throw ChannelError.ioOnClosedChannel }
        guard isChunked else { return try await context.writeAndFlush(Self.wrapOutboundOut(bytes)).get() }
        var chunk = ByteBuffer(string: String(bytes.readableBytes, radix: 16) + "\r\n")
        chunk.writeImmutableBuffer(bytes)
        chunk.writeStaticString("\r\n")
        try await context.writeAndFlush(Self.wrapOutboundOut(chunk)).get()
    }
}

extension Failure {
    fileprivate static func notHTTP(_ error: (any Error)?) -> Failure {
        switch error as? HTTPParserError {
        case .headerOverflow:
            Failure(
                .headTooLarge, "The head of the request is longer than 80 KB",
                remedy: "Send arguments and context in the body of POST /.")
        case .invalidURL:
            Failure(
                .invalidRequest, "The request's target has characters that must be percent-encoded",
                remedy: "Encode them, as in name=Zo%C3%AB, or let curl do it: curl -G --data-urlencode name=Zoë.")
        default:
            Failure(.invalidRequest, "The request is not HTTP/1.1" + (error.map { ": \($0)" } ?? ""))
        }
    }

    fileprivate static let bodyCut = Failure(.invalidRequest, "The body did not come whole")
}

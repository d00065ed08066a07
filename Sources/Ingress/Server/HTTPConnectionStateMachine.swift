import DequeModule
import NIOCore
import NIOHTTP1

/// Decides what happens on one connection of HTTP/1.1: events in, actions out, with no channel and no clock in it.
///
/// A request is answered once it is whole, or else once all is read that came with its head; so most bodies are there
/// when they are asked for. What comes behind it waits for its response, and so does a client that reads no
/// responses.
struct HTTPConnectionStateMachine {
    /// The steps that the connection must take, in this order.
    enum Action: Equatable {
        /// Make an exchange of a request whose head has come. The actions about a body and a response mean the latest
        /// one.
        case begin(HTTPRequestHead)
        case appendToBody(ByteBuffer)
        case endBody
        /// Nothing more of the body comes.
        case cutBody
        /// Nobody uses the body.
        case dropBody
        /// Respond to the request.
        case respond
        /// Ask a client that waits for it to send the body (RFC 9110, 10.1.1).
        case askForBody
        /// Write the response that was given.
        ///
        /// - Parameter connection: The `Connection` header, if any.
        case write(connection: String?, hasBody: Bool)
        /// Forget the exchange: its response is written, and all of its body has come.
        case release
        /// Write the pieces of the response's body, then say ``HTTPConnectionStateMachine/streamEnded()``.
        case stream
        case endStream
        /// Write that the client does not speak HTTP.
        case reject
        /// Tell the exchange that its client has gone.
        case clientGone
        /// Let the channel read.
        case read
        /// Tell the client that nothing more comes, once all is written; then say
        /// ``HTTPConnectionStateMachine/outputClosed()``.
        ///
        /// - Parameter keepsSocket: Whether the client has closed its side: to close the rest then would throw away
        ///   what is not written.
        case closeOutput(keepsSocket: Bool)
        /// Close the connection, but give the client a while to close its side first: closing sooner may take the
        /// response from it.
        case closeSoon
        case close
    }

    /// A request and how far it is.
    private struct Current {
        enum Progress {
            /// Its response has not begun.
            case read
            case responding
            /// Its response is written, and the rest of its body is skipped.
            case responded
            /// Pieces of its response are written until the connection ends.
            case streaming
        }

        enum Body {
            case coming
            case whole
            case cut
        }

        let head: HTTPRequestHead
        var progress = Progress.read
        var body = Body.coming
        /// Whether more of the body is to be read.
        var isBodyWanted = false
        /// Whether the client waits to be asked for the body.
        var isBodyHeldBack = false

        /// Whether another request may follow on its connection. The decoder stops at what asks for another protocol.
        var keepsAlive: Bool {
            head.isKeepAlive && head.method != .CONNECT && !head.headers.contains(name: "Upgrade")
                && !(isBodyHeldBack && body == .coming)
        }
    }

    /// The output of the connection.
    private enum Output {
        case open
        /// The last response is handed over; what comes is dropped.
        case closing
        /// All is written.
        case closed
    }

    /// The request that is read or answered.
    private var current: Current?
    /// Parts of requests that came behind it.
    private var pending: Deque<HTTPServerRequestPart> = []
    private var output = Output.open
    /// Whether further requests are taken.
    private var takesRequests = true
    private var isInputClosed = false
    /// Whether what came is not HTTP, so that nothing more can be made of it.
    private var isGarbled = false
    private var isWritable = true
    /// Whether the channel wanted to read when it was not to.
    private var isReadHeld = false

    // MARK: - What comes

    /// A part of a request has come.
    mutating func received(_ part: HTTPServerRequestPart) -> [Action] {
        guard output == .open else { return [] }
        guard takesMore, pending.isEmpty else {
            pending.append(part)
            return []
        }
        return take(part)
    }

    /// All is read that was there to read.
    mutating func readCompleted() -> [Action] {
        current?.progress == .read ? respond() : []
    }

    /// The channel wants to read.
    ///
    /// - Returns: Whether it may; otherwise ``Action/read`` says when.
    mutating func wantsToRead() -> Bool {
        guard isFull else { return true }
        isReadHeld = true
        return false
    }

    /// The client has read enough, or too little, for more to be written.
    mutating func writabilityChanged(to isWritable: Bool) -> [Action] {
        self.isWritable = isWritable
        return isWritable ? goOn() : []
    }

    /// The client has closed its side, or the connection is closed.
    ///
    /// A client that went away cannot be told from one that sends no more and still listens; the former is what
    /// happens.
    mutating func inputClosed() -> [Action] {
        guard !isInputClosed else { return [] }
        isInputClosed = true
        takesRequests = false
        var actions = cutBody()
        if current != nil { actions.append(.clientGone) }
        switch (output, current?.progress) {
        case (.closed, _): actions.append(.close)
        case (.closing, _), (_, .responding): break
        case (_, .streaming): actions.append(.endStream)
        default: actions += closeOutput()
        }
        return actions
    }

    /// The client has sent something else than HTTP.
    mutating func garbled() -> [Action] {
        guard !isGarbled, output == .open else { return [] }
        isGarbled = true
        takesRequests = false
        switch current?.progress {
        case nil, .read:
            current = nil
            return [.reject] + closeOutput()
        // The response that is due comes first, and says enough.
        case .responding, .streaming: return cutBody()
        case .responded: return closeOutput()
        }
    }

    // MARK: - What goes

    /// The exchange asks for its body.
    mutating func bodyIsWanted() -> [Action] {
        let isHeldBack = current?.isBodyHeldBack ?? false
        current?.isBodyWanted = true
        current?.isBodyHeldBack = false
        return (isHeldBack ? [.askForBody] : []) + readOn()
    }

    /// The exchange has a response.
    ///
    /// - Parameter isStream: Whether its body comes in pieces.
    mutating func responded(isStream: Bool) -> [Action] {
        guard let current, current.progress == .responding else { return [] }
        if !current.keepsAlive || isStream { takesRequests = false }
        let connection = !takesRequests ? "close" : current.head.version == .http1_0 ? "keep-alive" : nil
        let write = Action.write(connection: connection, hasBody: current.head.method != .HEAD)
        if isStream {
            self.current?.progress = .streaming
            return [write, .stream]
        }
        guard current.body == .coming, takesRequests else { return [write] + next() }
        self.current?.progress = .responded
        self.current?.isBodyWanted = true
        return [write, .dropBody] + readOn()
    }

    /// All pieces of the response are written.
    mutating func streamEnded() -> [Action] { closeOutput() }

    /// All is written.
    mutating func outputClosed() -> [Action] {
        output = .closed
        return isInputClosed ? [.close] : [.closeSoon]
    }

    /// The emulator stops: the response that is due is the last.
    mutating func end() -> [Action] {
        if current?.progress == .streaming { return [.endStream, .closeSoon] }
        guard takesRequests else { return [] }
        takesRequests = false
        guard let current else { return closeOutput() }
        return current.progress == .read || current.body == .coming ? [.close] : []
    }

    // MARK: -

    /// Whether what comes belongs to the request that is read, or may begin one.
    private var takesMore: Bool { current.map { $0.body != .whole } ?? isWritable }

    /// Whether nothing more is to be read now. To stop reading costs the system two calls, so that a connection whose
    /// client waits for its response is not stopped.
    private var isFull: Bool {
        guard output == .open else { return false }
        guard pending.isEmpty, !isGarbled, isWritable else { return true }
        guard let current, current.progress != .read, current.body != .whole else { return false }
        return !current.isBodyWanted
    }

    private mutating func take(_ part: HTTPServerRequestPart) -> [Action] {
        switch part {
        case .head(let head):
            guard takesRequests else { return [] }
            current = Current(head: head)
            return [.begin(head)]
        case .body(let bytes): return current == nil ? [] : [.appendToBody(bytes)]
        case .end:
            guard let progress = current?.progress else { return [] }
            if current?.body == .coming { current?.body = .whole }
            switch progress {
            case .read: return [.endBody] + respond()
            case .responded: return [.endBody] + next()
            case .responding, .streaming: return [.endBody]
            }
        }
    }

    private mutating func respond() -> [Action] {
        guard let current else { return [] }
        self.current?.progress = .responding
        if current.body != .whole, current.head.version == .http1_1 {
            let expectation = current.head.headers.first(name: "Expect")
            self.current?.isBodyHeldBack = expectation?.lowercased() == "100-continue"
        }
        return [.respond]
    }

    /// Goes on with what follows the request that was answered.
    private mutating func next() -> [Action] {
        current = nil
        return [.release] + (takesRequests ? goOn() : closeOutput())
    }

    private mutating func goOn() -> [Action] {
        var actions: [Action] = []
        while takesMore, let part = pending.popFirst() { actions += take(part) }
        if current?.progress == .read { actions += respond() }
        return actions + readOn()
    }

    private mutating func readOn() -> [Action] {
        guard isReadHeld, !isFull else { return [] }
        isReadHeld = false
        return [.read]
    }

    private mutating func cutBody() -> [Action] {
        guard current?.body == .coming else { return [] }
        current?.body = .cut
        return [.cutBody]
    }

    private mutating func closeOutput() -> [Action] {
        guard output == .open else { return [] }
        output = .closing
        current = nil
        pending = []
        return [.closeOutput(keepsSocket: isInputClosed)] + readOn()
    }
}

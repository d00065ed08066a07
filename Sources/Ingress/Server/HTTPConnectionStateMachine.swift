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
        /// Write the pieces of the response's body, then say ``HTTPConnectionStateMachine/streamEnded(isWhole:_:)``.
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
        ///
        /// - Parameter isStream: whether it is to read the rest of a response that comes in pieces.
        case closeSoon(isStream: Bool)
        case close
    }

    /// Actions that are to be performed, the first one first.
    typealias Actions = Deque<Action>

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

    // MARK: - Input

    /// Takes a part of a request that has come.
    mutating func received(_ part: HTTPServerRequestPart, _ actions: inout Actions) {
        guard output == .open else { return }
        if takesMore, pending.isEmpty { take(part, &actions) } else { pending.append(part) }
    }

    /// Takes note that all is read that was there to read.
    mutating func readCompleted(_ actions: inout Actions) {
        if current?.progress == .read { respond(&actions) }
    }

    /// Decides whether the channel may read now; otherwise ``Action/read`` follows once it may.
    mutating func wantsToRead() -> Bool {
        guard isFull else { return true }
        isReadHeld = true
        return false
    }

    /// Takes note of whether more can be written: a client that reads too little keeps it from that.
    mutating func writabilityChanged(to isWritable: Bool, _ actions: inout Actions) {
        self.isWritable = isWritable
        if isWritable { goOn(&actions) }
    }

    /// Takes note that the client has closed its side, or that the connection is closed.
    ///
    /// A client that went away cannot be told from one that sends no more and still listens; the former is what
    /// happens.
    mutating func inputClosed(_ actions: inout Actions) {
        guard !isInputClosed else { return }
        isInputClosed = true
        takesRequests = false
        cutBody(&actions)
        if current != nil { actions.append(.clientGone) }
        switch (output, current?.progress) {
        case (.closed, _): actions.append(.close)
        case (.closing, _), (_, .responding): break
        case (_, .streaming): actions.append(.endStream)
        default: closeOutput(&actions)
        }
    }

    /// Takes note that the client has sent something else than HTTP.
    mutating func garbled(_ actions: inout Actions) {
        guard !isGarbled, output == .open else { return }
        isGarbled = true
        takesRequests = false
        switch current?.progress {
        case nil, .read:
            current = nil
            actions.append(.reject)
            closeOutput(&actions)
        // The response that is due comes first, and says enough.
        case .responding, .streaming: cutBody(&actions)
        case .responded: closeOutput(&actions)
        }
    }

    // MARK: - Output

    /// Whether the body of the request that is answered has come whole.
    var isBodyWhole: Bool { current?.body == .whole }

    /// Takes note that the exchange asks for its body.
    mutating func bodyIsWanted(_ actions: inout Actions) {
        if current?.isBodyHeldBack ?? false { actions.append(.askForBody) }
        current?.isBodyWanted = true
        current?.isBodyHeldBack = false
        readOn(&actions)
    }

    /// Takes note that enough of the body waits to be read.
    mutating func bodyIsFull() {
        current?.isBodyWanted = false
    }

    /// Takes note that the exchange has a response.
    ///
    /// - Parameter isStream: whether its body comes in pieces.
    mutating func responded(isStream: Bool, _ actions: inout Actions) {
        guard let current, current.progress == .responding else { return }
        if !current.keepsAlive || isStream { takesRequests = false }
        let connection = !takesRequests ? "close" : current.head.version == .http1_0 ? "keep-alive" : nil
        actions.append(.write(connection: connection, hasBody: current.head.method != .HEAD))
        if isStream, current.head.method != .HEAD {
            self.current?.progress = .streaming
            actions.append(.stream)
        } else if current.body == .coming, takesRequests {
            self.current?.progress = .responded
            self.current?.isBodyWanted = true
            actions.append(.dropBody)
            readOn(&actions)
        } else {
            next(&actions)
        }
    }

    /// Takes note that no further pieces of the response come.
    ///
    /// - Parameter isWhole: whether the end of the body is written. If it is not, the connection closes at once.
    mutating func streamEnded(isWhole: Bool, _ actions: inout Actions) {
        if isWhole { closeOutput(&actions) } else { actions.append(.close) }
    }

    /// Takes note that all is written.
    mutating func outputClosed(_ actions: inout Actions) {
        output = .closed
        actions.append(isInputClosed ? .close : .closeSoon(isStream: false))
    }

    /// Takes note that the emulator stops: the response that is due is the last.
    mutating func end(_ actions: inout Actions) {
        if current?.progress == .streaming {
            actions.append(.endStream)
            actions.append(.closeSoon(isStream: true))
        }
        guard takesRequests else { return }
        takesRequests = false
        guard let current else { return closeOutput(&actions) }
        switch current.progress {
        case .read: actions.append(.close)
        case .responding: if current.body == .coming { actions.append(.close) }
        // To close a connection with input that was not read may take the response from the client.
        case .responded, .streaming: break
        }
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

    private mutating func take(_ part: HTTPServerRequestPart, _ actions: inout Actions) {
        switch part {
        case .head(let head):
            guard takesRequests else { return }
            current = Current(head: head)
            actions.append(.begin(head))
        case .body(let bytes): if current != nil { actions.append(.appendToBody(bytes)) }
        case .end:
            guard let progress = current?.progress else { return }
            if current?.body == .coming { current?.body = .whole }
            actions.append(.endBody)
            switch progress {
            case .read: respond(&actions)
            case .responded: next(&actions)
            case .responding, .streaming: break
            }
        }
    }

    private mutating func respond(_ actions: inout Actions) {
        guard let current else { return }
        self.current?.progress = .responding
        if current.body != .whole, current.head.version == .http1_1 {
            let expectation = current.head.headers.first(name: "Expect")
            self.current?.isBodyHeldBack = expectation?.lowercased() == "100-continue"
        }
        actions.append(.respond)
    }

    /// Goes on with what follows the request that was answered.
    private mutating func next(_ actions: inout Actions) {
        current = nil
        actions.append(.release)
        if takesRequests { goOn(&actions) } else { closeOutput(&actions) }
    }

    private mutating func goOn(_ actions: inout Actions) {
        while takesMore, let part = pending.popFirst() { take(part, &actions) }
        if current?.progress == .read { respond(&actions) }
        readOn(&actions)
    }

    private mutating func readOn(_ actions: inout Actions) {
        guard isReadHeld, !isFull else { return }
        isReadHeld = false
        actions.append(.read)
    }

    private mutating func cutBody(_ actions: inout Actions) {
        guard current?.body == .coming else { return }
        current?.body = .cut
        actions.append(.cutBody)
    }

    private mutating func closeOutput(_ actions: inout Actions) {
        guard output == .open else { return }
        output = .closing
        current = nil
        pending = []
        actions.append(.closeOutput(keepsSocket: isInputClosed))
        readOn(&actions)
    }
}

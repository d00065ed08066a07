import DequeModule
import NIOCore
import NIOHTTP1

/// The rules for one HTTP/1.1 connection, which turn events into actions. They are plain values, without channels or
/// clocks.
///
/// A request is answered once it is complete, or else once everything that arrived with its head has been read, so that
/// most bodies are available when they are asked for. Later requests wait until the response is written, and also while
/// the client does not read its responses.
struct HTTPConnectionStateMachine {
    /// An action that the connection must perform. Actions must be performed in the order in which they are added.
    enum Action: Equatable {
        /// Create the exchange of a request whose head has arrived. The actions about bodies and responses refer to the
        /// latest exchange.
        case begin(HTTPRequestHead)
        case appendToBody(ByteBuffer)
        case endBody
        /// Fail the body, because the rest of it will not arrive.
        case cutBody
        /// End the body, because it is not used any more.
        case dropBody
        /// Respond to the request.
        case respond
        /// Ask the client, which waits for this, to send the body (RFC 9110, 10.1.1).
        case askForBody
        /// Write the response.
        ///
        /// - Parameter connection: the `Connection` header, if any.
        case write(connection: String?, hasBody: Bool)
        /// Release the exchange, because its response has been written.
        case release
        /// Write the pieces of the response's body, then call ``HTTPConnectionStateMachine/streamEnded(isWhole:_:)``.
        case stream
        case endStream
        /// End the stream if it has no end of its own, and close the connection after giving the client time to read
        /// the rest.
        case endEndlessStream
        /// Respond that the client does not speak HTTP.
        case reject
        /// Tell the exchange that its client has gone.
        case clientGone
        /// Let the channel read.
        case read
        /// Close this side of the connection once everything is written, then call
        /// ``HTTPConnectionStateMachine/outputClosed(_:)``.
        ///
        /// - Parameter keepsSocket: whether only to wait for the output, because the client has closed its side.
        ///   Closing this side as well would discard output that is not written yet.
        case closeOutput(keepsSocket: Bool)
        /// Close the connection after giving the client some time to close its side. If it were closed earlier, the
        /// client might lose the response.
        case closeSoon
        case close
    }

    /// Actions to perform, in order.
    typealias Actions = Deque<Action>

    /// A request and its progress.
    private struct Current {
        enum Progress {
            /// The request is being read, and the exchange has not been asked to respond.
            case read
            case responding
            /// The response is written, and the rest of the request's body is being skipped.
            case responded
            /// The response is being written in pieces. The connection ends after it.
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
        /// Whether more of the body is wanted.
        var isBodyWanted = false
        /// Whether the client waits to be asked for the body.
        var isBodyHeldBack = false

        /// Whether another request may follow on the connection. The decoder stops at a request for another protocol.
        var keepsAlive: Bool {
            head.isKeepAlive && head.method != .CONNECT && !head.headers.contains(name: "Upgrade")
                && !(isBodyHeldBack && body == .coming)
        }
    }

    /// The state of the connection's output.
    private enum Output {
        case open
        /// The last response has been handed over, and further input is dropped.
        case closing
        /// Everything is written.
        case closed
    }

    /// The request that is being read or answered.
    private var current: Current?
    /// The parts of later requests.
    private var pending: Deque<HTTPServerRequestPart> = []
    private var output = Output.open
    /// Whether further requests are accepted.
    private var takesRequests = true
    private var isInputClosed = false
    /// Whether the client has sent something other than HTTP, so that no further input can be understood.
    private var isGarbled = false
    private var isWritable = true
    /// Whether the channel has asked to read and must wait.
    private var isReadHeld = false

    // MARK: - Input

    /// Handles a part of a request.
    mutating func received(_ part: HTTPServerRequestPart, _ actions: inout Actions) {
        guard output == .open else { return }
        if takesMore, pending.isEmpty { take(part, &actions) } else { pending.append(part) }
    }

    /// Handles the end of a read, when all available input has been passed on.
    mutating func readCompleted(_ actions: inout Actions) {
        if current?.progress == .read { respond(&actions) }
    }

    /// Returns whether the channel may read now. If not, ``Action/read`` follows once it may.
    mutating func wantsToRead() -> Bool {
        guard isFull else { return true }
        isReadHeld = true
        return false
    }

    /// Handles a change of the channel's writability. A client that reads too little makes the channel unwritable.
    mutating func writabilityChanged(to isWritable: Bool, _ actions: inout Actions) {
        self.isWritable = isWritable
        if isWritable { goOn(&actions) }
    }

    /// Handles the end of the client's side, or of the connection.
    ///
    /// A client that has gone away cannot be distinguished from one that sends no more but still listens. It is treated
    /// as gone, which is the usual case.
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

    /// Handles input that is not HTTP.
    mutating func garbled(_ actions: inout Actions) {
        guard !isGarbled, output == .open else { return }
        isGarbled = true
        takesRequests = false
        switch current?.progress {
        case nil, .read:
            current = nil
            actions.append(.reject)
            closeOutput(&actions)
        // The response that is due comes first, and no other is needed.
        case .responding, .streaming: cutBody(&actions)
        case .responded: closeOutput(&actions)
        }
    }

    // MARK: - Output

    /// Whether the body of the current request has arrived completely.
    var isBodyWhole: Bool { current?.body == .whole }

    /// Handles the exchange's demand for more of its body.
    mutating func bodyIsWanted(_ actions: inout Actions) {
        if current?.isBodyHeldBack ?? false { actions.append(.askForBody) }
        current?.isBodyWanted = true
        current?.isBodyHeldBack = false
        readOn(&actions)
    }

    /// Records that enough of the body is waiting to be read.
    mutating func bodyIsFull() {
        current?.isBodyWanted = false
    }

    /// Handles the exchange's response.
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

    /// Handles the end of a response that comes in pieces.
    ///
    /// - Parameter isWhole: whether the end of the body is written. If it is not, the connection closes at once.
    mutating func streamEnded(isWhole: Bool, _ actions: inout Actions) {
        if isWhole { closeOutput(&actions) } else { actions.append(.close) }
    }

    /// Handles the end of the output, when everything is written.
    mutating func outputClosed(_ actions: inout Actions) {
        output = .closed
        actions.append(isInputClosed ? .close : .closeSoon)
    }

    /// Handles the emulator's shutdown. The response that is due is the last one.
    mutating func end(_ actions: inout Actions) {
        if current?.progress == .streaming { actions.append(.endEndlessStream) }
        guard takesRequests else { return }
        takesRequests = false
        guard let current else { return closeOutput(&actions) }
        switch current.progress {
        case .read: actions.append(.close)
        case .responding: if current.body == .coming { actions.append(.close) }
        // If a connection with unread input were closed, the client might lose the response.
        case .responded, .streaming: break
        }
    }

    // MARK: -

    /// Whether further input belongs to the current request, or may begin a new one.
    private var takesMore: Bool { current.map { $0.body != .whole } ?? isWritable }

    /// Whether reading must pause. Pausing costs two system calls, so reading continues while a client waits for its
    /// response.
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

    /// Continues with the input after the request that was answered.
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

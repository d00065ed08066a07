import NIOCore
import NIOHTTP1

/// Sees a connection's requests before they lose what their head said, and its end while one is being answered.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    /// Who is at the other end.
    let caller = Caller()
    /// Whether a request has begun whose end has not come.
    private(set) var isReadingRequest = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch Self.unwrapInboundIn(data) {
        case .head(var head):
            isReadingRequest = true
            guard let authority = Self.authority(ofTarget: head.uri) else { break }
            // The target's authority counts and the header is ignored (RFC 9112, 3.2.2); one header too many stays an error.
            if head.headers["Host"].count < 2 { head.headers.replaceOrAdd(name: "Host", value: authority) }
            return context.fireChannelRead(Self.wrapInboundOut(.head(head)))
        case .end: isReadingRequest = false
        case .body: break
        }
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A client that went away cannot be told from one that sends no more and still listens; the former is what happens.
        if case ChannelEvent.inputClosed = event { caller.goes() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        caller.goes()
        context.fireChannelInactive()
    }

    /// `host:port` of a request target such as `http://host:port/path`; nil for a path.
    static func authority(ofTarget target: String) -> String? {
        guard target.utf8.first != UInt8(ascii: "/"), let mark = target.firstRange(of: "://") else { return nil }
        return String(target[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" })
    }
}

import NIOCore

/// Cuts what a worker prints into lines and keeps the end of it.
final class OutputHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let onLine: (String) -> Void
    private var partial = ""
    /// The last lines, for what the runtime says before a crash.
    private(set) var tail = ""
    private static let tailLength = 4096
    private static let longestLine = 16 * 1024

    init(onLine: @escaping (String) -> Void) {
        self.onLine = onLine
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let text = partial + String(buffer: Self.unwrapInboundIn(data))
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        partial = lines.popLast().map(String.init) ?? ""
        for line in lines { emit(String(line)) }
        if partial.utf8.count > Self.longestLine {
            emit(partial)
            partial = ""
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !partial.isEmpty { emit(partial) }
        partial = ""
        context.fireChannelInactive()
    }

    private func emit(_ line: String) {
        tail = String((tail + line + "\n").suffix(Self.tailLength))
        onLine(line)
    }
}

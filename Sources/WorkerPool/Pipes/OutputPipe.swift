import Glibc
import NIOCore
import NIOPosix

/// Reads one of the two pipes into which a worker prints, and keeps the end of it.
final class OutputPipe: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let descriptor: CInt
    /// Takes whole lines, one after the other, each with its end.
    var onLines: ([UInt8]) -> Void = { _ in }
    /// Told after bytes were read, and at the end.
    var onRead: () -> Void = {}
    /// How many bytes were read so far.
    private(set) var bytesRead = 0
    private var channel: (any Channel)?
    private var cutter = LineCutter()
    private var tail: [UInt8] = []
    /// In bytes: room for a crash's message and what the runtime prints after it.
    private static let tailLength = 16 * 1024

    /// - Parameter descriptor: the read end, whose owner this becomes once it is opened.
    init(descriptor: CInt) {
        self.descriptor = descriptor
    }

    /// Begins to read.
    ///
    /// - Returns: completes when all of it has been read, or it was closed.
    func open(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        let box = NIOLoopBound(self, eventLoop: eventLoop)
        return NIOPipeBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    box.value.channel = channel
                    try channel.pipeline.syncOperations.addHandler(box.value)
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor)
            .flatMap { $0.closeFuture }
    }

    /// Whether nothing more will be read.
    var isClosed: Bool { channel.map { !$0.isActive } ?? false }

    /// The last lines.
    var end: String { String(decoding: tail.suffix(Self.tailLength), as: UTF8.self) }

    /// Forgets what ``end`` would tell.
    func forgetEnd() {
        if !tail.isEmpty { tail = [] }
    }

    /// What asks the system whether there is something to read; nil when nothing more will be read.
    var pollRequest: pollfd? {
        channel?.isActive ?? false ? pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0) : nil
    }

    /// How many bytes are in the pipe now that were not read. They are for the channel to read: nobody else may.
    var unread: Int {
        var left: CInt = 0
        guard let channel, channel.isActive, unsafe ioctl(descriptor, UInt(FIONREAD), &left) == 0 else { return 0 }
        return Int(left)
    }

    /// Whether the line that has no end yet begins with a text.
    func begins(with text: String) -> Bool { cutter.begun.starts(with: text.utf8) }

    /// Ends the line that has begun.
    func endLine() {
        pass(cutter.takeRest())
    }

    /// Stops reading, although others may still write.
    func close() {
        channel?.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Self.unwrapInboundIn(data)
        pass(cutter.take(bytes.readableBytesView))
        bytesRead += bytes.readableBytes
        onRead()
    }

    func channelInactive(context: ChannelHandlerContext) {
        pass(cutter.takeRest())
        onRead()
        context.fireChannelInactive()
    }

    private func pass(_ lines: [UInt8]) {
        guard !lines.isEmpty else { return }
        tail.append(contentsOf: lines.suffix(Self.tailLength))
        if tail.count > 2 * Self.tailLength { tail.removeFirst(tail.count - Self.tailLength) }
        onLines(lines)
    }
}

import Glibc
import NIOCore
import NIOPosix

/// A reader of one of the two pipes into which a worker prints. It keeps the end of the output.
final class OutputPipe: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let descriptor: CInt
    /// Called with whole lines in order, each with its end.
    var onLines: ([UInt8]) -> Void = { _ in }
    /// Called after bytes were read, and at the end of the pipe.
    var onRead: () -> Void = {}
    /// The number of bytes read so far.
    private(set) var bytesRead = 0
    private var channel: (any Channel)?
    private var cutter = LineCutter()
    private var tail: [UInt8] = []
    /// The length of the kept output in bytes, with room for a crash's message and the runtime's lines after it.
    private static let tailLength = 16 * 1024

    /// - Parameter descriptor: the read end of the pipe. ``open(on:)`` takes ownership of it.
    init(descriptor: CInt) {
        self.descriptor = descriptor
    }

    /// Starts reading.
    ///
    /// - Returns: a future that completes at the end of the pipe, or when the pipe is closed.
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

    /// Discards the text of ``end``.
    func forgetEnd() {
        if !tail.isEmpty { tail = [] }
    }

    /// The request that asks the system whether the pipe holds bytes, or nil if nothing more will be read.
    var pollRequest: pollfd? {
        channel?.isActive ?? false ? pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0) : nil
    }

    /// The number of bytes that the pipe holds now. Only the channel may read them.
    var unread: Int {
        var left: CInt = 0
        guard let channel, channel.isActive, unsafe ioctl(descriptor, UInt(FIONREAD), &left) == 0 else { return 0 }
        return Int(left)
    }

    /// Whether the incomplete line begins with the given text.
    func begins(with text: String) -> Bool { cutter.begun.starts(with: text.utf8) }

    /// Ends the incomplete line.
    func endLine() {
        pass(cutter.takeRest())
    }

    /// Stops reading, even if other processes can still write.
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

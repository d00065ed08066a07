import Glibc
import NIOCore
import NIOPosix

/// Reads one of the two pipes into which a worker prints, and keeps the end of it.
final class OutputPipe: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let descriptor: CInt
    /// Takes whole lines, one after the other, each with its end.
    var onLines: ([UInt8]) -> Void = { _ in }
    private var channel: (any Channel)?
    private var cutter = LineCutter()
    private var tail: [UInt8] = []
    private static let tailLength = 4096

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

    /// The last lines.
    var end: String { String(decoding: tail.suffix(Self.tailLength), as: UTF8.self) }

    /// Forgets what ``end`` would tell.
    func forgetEnd() {
        if !tail.isEmpty { tail = [] }
    }

    /// Reads what is in the pipe now, and ends the line that has begun.
    func readDry() {
        if let channel, channel.isActive {
            var left: CInt = 0
            if unsafe ioctl(descriptor, UInt(FIONREAD), &left) == 0, left > 0 { read(Int(left)) }
        }
        pass(cutter.takeRest())
    }

    /// Stops reading, although others may still write.
    func close() {
        readDry()
        channel?.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        pass(cutter.take(Self.unwrapInboundIn(data).readableBytesView))
    }

    func channelInactive(context: ChannelHandlerContext) {
        pass(cutter.takeRest())
        context.fireChannelInactive()
    }

    /// The channel finds an empty pipe afterwards, which it takes as it is.
    private func read(_ count: Int) {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = unsafe max(0, Glibc.read(descriptor, buffer.baseAddress, count))
        }
        pass(cutter.take(bytes))
    }

    private func pass(_ lines: [UInt8]) {
        guard !lines.isEmpty else { return }
        tail.append(contentsOf: lines.suffix(Self.tailLength))
        if tail.count > 2 * Self.tailLength { tail.removeFirst(tail.count - Self.tailLength) }
        onLines(lines)
    }
}

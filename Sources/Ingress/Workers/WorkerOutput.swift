import Glibc
import NIOCore

/// What a worker prints.
final class WorkerOutput {
    /// The call that runs; lines are of it, and of none when it is nil.
    var call: WorkerCall? {
        didSet { if call != nil { errors.forgetEnd() } }
    }

    private let output: OutputPipe
    private let errors: OutputPipe
    private let eventLoop: any EventLoop
    private let closed: EventLoopFuture<Void>

    /// - Parameters:
    ///   - output: read end of the worker's stdout, taken over.
    ///   - errors: read end of the worker's stderr, taken over.
    ///   - onLines: takes whole lines, each with its end, and the call that runs.
    init(
        output: CInt, errors: CInt, eventLoop: any EventLoop,
        onLines: @escaping (PrintedOutput.Stream, [UInt8], WorkerCall?) -> Void
    ) {
        self.eventLoop = eventLoop
        self.output = OutputPipe(descriptor: output)
        self.errors = OutputPipe(descriptor: errors)
        closed = .andAllComplete([self.output.open(on: eventLoop), self.errors.open(on: eventLoop)], on: eventLoop)
        self.output.onLines = { [weak self] in onLines(.stdout, $0, self?.call) }
        self.errors.onLines = { [weak self] in onLines(.stderr, $0, self?.call) }
    }

    /// The last lines on stderr since the call began.
    var endOfErrors: String { errors.end }

    /// Reads what was printed before now. A worker writes its result after what its call prints, but the result may be read first.
    func readDry() {
        output.readDry()
        errors.readDry()
    }

    /// Reads to the end, once the process has ended.
    ///
    /// - Parameter limit: how long to wait for others that hold the pipes open.
    func finish(within limit: TimeAmount) -> EventLoopFuture<Void> {
        let box = NIOLoopBound(self, eventLoop: eventLoop)
        let timer = eventLoop.scheduleTask(in: limit) {
            box.value.output.close()
            box.value.errors.close()
        }
        closed.whenComplete { _ in timer.cancel() }
        return closed
    }
}

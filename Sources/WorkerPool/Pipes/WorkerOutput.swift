import Glibc
import Invocations
import NIOCore

/// What a worker prints.
final class WorkerOutput {
    /// The call that runs; lines are of it, and of none when it is nil.
    var call: ActiveInvocation? {
        didSet {
            left = limit
            if call != nil { errors.forgetEnd() }
        }
    }

    /// How many bytes a call may print.
    private let limit: Int
    /// How many bytes the call that runs may print yet; below zero once that was said.
    private var left: Int
    private let onLines: (PrintedLines.Stream, [UInt8], ActiveInvocation?) -> Void

    private let output: OutputPipe
    private let errors: OutputPipe
    private var notice = BacktracerNotice()
    private var whenRead: (() -> Void)?
    /// How many bytes of each pipe must have been read before ``whenRead(_:)`` is told.
    private var awaited: [(pipe: OutputPipe, bytes: Int)] = []
    private let eventLoop: any EventLoop
    private let closed: EventLoopFuture<Void>

    /// - Parameters:
    ///   - output: read end of the worker's stdout, taken over.
    ///   - errors: read end of the worker's stderr, taken over.
    ///   - limit: how many bytes a call may print, and the worker between two calls; a line says that the rest is left out.
    ///   - onLines: takes whole lines, each with its end, and the call that runs.
    init(
        output: CInt, errors: CInt, limit: Int, eventLoop: any EventLoop,
        onLines: @escaping (PrintedLines.Stream, [UInt8], ActiveInvocation?) -> Void
    ) {
        self.eventLoop = eventLoop
        self.limit = limit
        self.onLines = onLines
        left = limit
        self.output = OutputPipe(descriptor: output)
        self.errors = OutputPipe(descriptor: errors)
        closed = .andAllComplete([self.output.open(on: eventLoop), self.errors.open(on: eventLoop)], on: eventLoop)
        self.output.onLines = { [weak self] in self?.pass(.stdout, $0) }
        self.errors.onLines = { [weak self] in
            guard let self else { return }
            pass(.stderr, notice.leaveOut(of: $0))
        }
        let box = NIOLoopBound(self, eventLoop: eventLoop)
        closed.whenComplete { _ in box.value.passRest() }
        self.output.onRead = { [weak self] in self?.checkRead() }
        self.errors.onRead = { [weak self] in self?.checkRead() }
    }

    private func pass(_ stream: PrintedLines.Stream, _ lines: [UInt8]) {
        guard left >= 0, !lines.isEmpty else { return }
        guard lines.count > left else {
            left -= lines.count
            return onLines(stream, lines, call)
        }
        let fitting = lines[..<left]
        let whole = fitting.lastIndex(of: UInt8(ascii: "\n")).map { fitting[...$0] } ?? []
        leaveOutTheRest(of: stream, after: Array(whole))
    }

    private func leaveOutTheRest(of stream: PrintedLines.Stream, after lines: [UInt8] = []) {
        left = -1
        let note = "… it printed more than \(limit / 1_000_000) MB, the rest is left out …\n"
        onLines(stream, lines + Array(note.utf8), call)
    }

    /// Counts bytes of a log record with what is printed.
    ///
    /// - Returns: whether it is to be shown.
    func admits(_ bytes: Int) -> Bool {
        guard left >= 0 else { return false }
        guard bytes <= left else {
            leaveOutTheRest(of: .stderr)
            return false
        }
        left -= bytes
        return true
    }

    /// Whether the process writes a crash report now.
    var isCrashing: Bool { errors.begins(with: "*** Signal ") }

    /// The last lines on stderr since the call began.
    var endOfErrors: String { errors.end }

    /// Says when all is read that was printed before now, at once where it is. A worker writes its result after what its call prints, but
    /// the result may be read first.
    func whenRead(_ body: @escaping () -> Void) {
        guard hasUnread else { return finishReading(body) }
        awaited = [output, errors].map { ($0, $0.bytesRead + $0.unread) }
        whenRead = body
        checkRead()
    }

    private func checkRead() {
        guard let body = whenRead, awaited.allSatisfy({ $0.pipe.bytesRead >= $0.bytes || $0.pipe.isClosed }) else {
            return
        }
        whenRead = nil
        finishReading(body)
    }

    private func finishReading(_ body: () -> Void) {
        output.endLine()
        errors.endLine()
        passRest()
        body()
    }

    /// Whether there is something in one of the pipes; one system call tells it of both.
    private var hasUnread: Bool {
        var requests = [output, errors].compactMap(\.pollRequest)
        return unsafe !requests.isEmpty && poll(&requests, nfds_t(requests.count), 0) != 0
    }

    private func passRest() {
        pass(.stderr, notice.takeRest())
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

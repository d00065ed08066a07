import Glibc
import Invocations
import NIOCore

/// The output of a worker, with the limit for what a call may print.
final class WorkerOutput {
    /// The running call, to which new lines belong. Lines belong to no call while it is nil.
    var call: ActiveInvocation? {
        didSet {
            left = limit
            if call != nil { errors.forgetEnd() }
        }
    }

    /// The number of bytes that a call may print.
    private let limit: Int
    /// The number of bytes that the running call may still print. It is negative once a line has announced that the
    /// rest is left out.
    private var left: Int
    private let onLines: (PrintedLines.Stream, [UInt8], ActiveInvocation?) -> Void

    private let output: OutputPipe
    private let errors: OutputPipe
    private var notice = BacktracerNotice()
    private var whenRead: (() -> Void)?
    /// The pipes, each with the number of bytes that must have been read before ``whenRead(_:)`` calls its closure.
    private var awaited: [(pipe: OutputPipe, bytes: Int)] = []
    private let eventLoop: any EventLoop
    private let closed: EventLoopFuture<Void>

    /// - Parameters:
    ///   - output: the read end of the worker's stdout. The new object takes ownership of it.
    ///   - errors: the read end of the worker's stderr. The new object takes ownership of it.
    ///   - limit: the number of bytes that a call may print, and that the worker may print between two calls. A line
    ///     announces that the rest is left out.
    ///   - onLines: called with whole lines, each with its end, and the running call.
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

    /// Counts the bytes of a log record as printed.
    ///
    /// - Returns: whether to show the record.
    func admits(_ bytes: Int) -> Bool {
        guard left >= 0 else { return false }
        guard bytes <= left else {
            leaveOutTheRest(of: .stderr)
            return false
        }
        left -= bytes
        return true
    }

    /// Whether the process is writing a crash report.
    var isCrashing: Bool { errors.begins(with: "*** Signal ") }

    /// The last lines on stderr since the call began.
    var endOfErrors: String { errors.end }

    /// Calls the closure once everything that was printed so far has been read, at once if it already has. A worker
    /// writes its result after the output of its call, but the result may be read first.
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

    /// Whether one of the pipes holds bytes. One system call checks both.
    private var hasUnread: Bool {
        var requests = [output, errors].compactMap(\.pollRequest)
        return unsafe !requests.isEmpty && poll(&requests, nfds_t(requests.count), 0) != 0
    }

    private func passRest() {
        pass(.stderr, notice.takeRest())
    }

    /// Reads to the end of the pipes. The process must have ended.
    ///
    /// - Parameter limit: the longest time to wait for other processes that hold the pipes open.
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

import Dispatch
import Glibc
import Ingress
import Synchronization

/// Writes to the terminal on a thread of its own, so that one that is slow or stopped holds nothing else.
final class ConsoleOutput: Sendable {
    private struct State {
        var queue = ConsoleQueue()
        var isWriting = false
    }

    /// The one of this process, as its standard output is.
    static let shared = ConsoleOutput()

    private let state = Mutex(State())
    private let thread = DispatchQueue(label: "console")
    /// How long what waits may take at the end of the process.
    private static let endTime = DispatchTimeInterval.seconds(1)

    /// Writes text as it is; does not wait for it.
    ///
    /// - Parameter isVital: whether it is written although much waits already; for the emulator's own words.
    func write(_ text: String, to descriptor: CInt, isVital: Bool) {
        add(.text(Array(text.utf8), to: descriptor), isVital: isVital)
    }

    /// Shows what a function printed; does not wait for it.
    func show(_ output: PrintedOutput) {
        add(.printed(output, at: time(nil)), isVital: false)
    }

    /// Waits until what was written before is out, a second at most. To be called before the process ends.
    func flush() {
        let isOut = DispatchSemaphore(value: 0)
        thread.async { isOut.signal() }
        _ = isOut.wait(timeout: .now() + Self.endTime)
    }

    private func add(_ piece: ConsoleQueue.Piece, isVital: Bool) {
        let mustStart = state.withLock { state in
            state.queue.append(piece, isVital: isVital)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if mustStart { thread.async { self.writeAll() } }
    }

    private func writeAll() {
        while true {
            let pieces = state.withLock { state in
                let pieces = state.queue.takeAll()
                state.isWriting = !pieces.isEmpty
                return pieces
            }
            guard !pieces.isEmpty else { return }
            for piece in pieces { Self.write(piece) }
        }
    }

    private static func write(_ piece: ConsoleQueue.Piece) {
        switch piece {
        case .text(let bytes, let descriptor): write(bytes, to: descriptor)
        case .printed(let output, let time): write(output.consoleText(at: time), to: STDERR_FILENO)
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: CInt) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // Whoever shares the terminal may have made it non-blocking.
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&ready, 1, -1)
            } else if errno != EINTR {
                return
            }
        }
    }
}

import Dispatch
import Glibc
import Synchronization

/// The output of this process to the terminal, written on a thread of its own, so that a slow or stopped terminal holds
/// up nothing else. A process has only one.
package final class TerminalOutput: Sendable {
    private struct State {
        var queue = TerminalQueue()
        var isWriting = false
    }

    private let state = Mutex(State())
    private let thread = DispatchQueue(label: "console")
    /// The longest time that pending output may take at the end of the process.
    private static let endTime = DispatchTimeInterval.seconds(1)

    package init() {}

    /// Writes text unchanged, without waiting for it.
    ///
    /// - Parameter isVital: whether the text is written even if much is pending, as for the emulator's own messages.
    func write(_ text: String, to descriptor: CInt, isVital: Bool) {
        add(.text(Array(text.utf8), to: descriptor), isVital: isVital)
    }

    /// Shows the output of a function, without waiting for it.
    func show(_ output: PrintedOutput) {
        add(.printed(output, at: time(nil)), isVital: false)
    }

    /// Ends the process once all earlier output is written, or after one second.
    func exit(_ code: CInt) -> Never {
        let isOut = DispatchSemaphore(value: 0)
        thread.async { isOut.signal() }
        _ = isOut.wait(timeout: .now() + Self.endTime)
        Glibc.exit(code)
    }

    /// Ends the process after five seconds, unless it has ended by itself. A service that does not stop must not keep
    /// a failed start running.
    func exitSoon(_ code: CInt) {
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(5)) { _exit(code) }
    }

    private func add(_ piece: TerminalQueue.Piece, isVital: Bool) {
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

    private static func write(_ piece: TerminalQueue.Piece) {
        switch piece {
        case .text(let bytes, let descriptor): write(bytes, to: descriptor)
        case .printed(let output, let time): write(output.terminalText(at: time), to: STDERR_FILENO)
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: CInt) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // Another program that shares the terminal may have made it non-blocking.
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&ready, 1, -1)
            } else if errno != EINTR {
                return
            }
        }
    }
}

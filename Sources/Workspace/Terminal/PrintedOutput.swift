import Glibc
import Invocations
import WorkerProtocol

/// Lines that a worker printed, with their origin.
struct PrintedOutput: Sendable {
    var lines: PrintedLines
    /// The path of the function that was running, or nil between calls.
    var function: String?
    /// The call that was running, or nil between calls.
    var activationID: ActivationID?
    var worker: WorkerIdentity

    /// Returns the lines as the terminal shows them. Each has its time and the call, stream and process that it came
    /// from.
    func terminalText(at time: time_t) -> [UInt8] {
        let start = Array("\(TerminalLogHandler.text(of: time)) ".utf8)
        let end = Array("\(origin)\n".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(2 * lines.bytes.count)
        for line in lines.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
            text += start
            // Bytes that are not text must not reach a terminal.
            text += String(decoding: line, as: UTF8.self).utf8
            text += end
        }
        return text
    }

    private var origin: String {
        let call = activationID.map { "activation.id=\($0) " } ?? ""
        let name = function.map { "function.name=\($0) " } ?? ""
        return
            "  \(call)\(name)generation=\(worker.generation) stream=\(lines.stream.rawValue) worker.pid=\(worker.pid)"
    }
}

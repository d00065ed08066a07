import Glibc
import Ingress

extension PrintedOutput {
    /// The lines as the console shows them: each with its time, the call, stream and process that it came from.
    func consoleText(at time: time_t) -> [UInt8] {
        let start = Array("\(ConsoleLogHandler.text(of: time)) ".utf8)
        let end = Array("\(origin)\n".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(2 * lines.count)
        for line in lines.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
            text += start
            // Bytes that are no text must not reach a terminal.
            text += String(decoding: line, as: UTF8.self).utf8
            text += end
        }
        return text
    }

    private var origin: String {
        let call = activationID.map { "activation.id=\($0) " } ?? ""
        let name = function.map { "function.name=\($0) " } ?? ""
        return "  \(call)\(name)generation=\(generation) stream=\(stream.rawValue) worker.pid=\(worker)"
    }
}

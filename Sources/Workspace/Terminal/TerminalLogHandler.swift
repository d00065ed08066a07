import Glibc
package import Logging

/// A handler that writes log lines for people: the time, the level unless it is info, the message and the metadata.
package struct TerminalLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]

    private let output: TerminalOutput

    package init(_ output: TerminalOutput, logLevel: Logger.Level) {
        self.output = output
        self.logLevel = logLevel
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let fields = all.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.escaped("\($0.value)"))" }.joined(
            separator: " ")
        let level = event.level == .info ? "" : "\(event.level): "
        let suffix = fields.isEmpty ? "" : "  \(fields)"
        let message = Self.escaped("\(event.message)")
        let line = "\(Self.text(of: time(nil))) \(level)\(message)\(suffix)\n"
        output.write(line, to: STDERR_FILENO, isVital: false)
    }

    /// Returns a text in which control characters are escaped, so that an entry is one line and changes nothing on the
    /// terminal.
    static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return text.unicodeScalars.reduce(into: "") { escaped, scalar in
            if isControl(scalar) {
                escaped += scalar.escaped(asASCII: true)
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x2028...0x2029).contains(scalar.value)
    }

    /// Returns the time of day, such as `09:05:00`.
    static func text(of time: time_t) -> String {
        var now = time
        var parts = unsafe tm()
        unsafe localtime_r(&now, &parts)
        let numbers = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec]
        return numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}

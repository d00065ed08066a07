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
        let fields = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        let level = event.level == .info ? "" : "\(event.level): "
        let suffix = fields.isEmpty ? "" : "  \(fields)"
        let line = "\(Self.text(of: time(nil))) \(level)\(event.message)\(suffix)\n"
        output.write(line, to: STDERR_FILENO, isVital: false)
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

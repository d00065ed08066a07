import Logging
import Values
import WorkerProtocol

/// A log handler that passes the messages of functions to the emulator.
struct WorkerLogHandler: LogHandler {
    private let results: ResultWriter
    /// The call that the logger belongs to, or nil if it belongs to no call.
    private let activationID: ActivationID?
    /// The length at which a message and each value of its metadata are cut, in UTF-8 bytes.
    private static let longestMessage = 1_000_000
    var logLevel = Logger.Level.debug
    var metadata: Logger.Metadata = [:]

    /// Makes this the handler of every logger in the process, including those of the functions' packages.
    static func install(_ results: ResultWriter) {
        LoggingSystem.bootstrap { _ in WorkerLogHandler(results: results, activationID: nil) }
    }

    /// Returns the logger of one call, created without the lock that all loggers share.
    static func logger(activationID: ActivationID, label: String, _ results: ResultWriter) -> Logger {
        Logger(label: label) { _ in WorkerLogHandler(results: results, activationID: activationID) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let fields = all.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string(Self.cut("\($0.value)"))) }
        let record = LogRecord(
            level: event.level.rawValue, message: Self.cut("\(event.message)"), metadata: JSONObject(fields))
        guard let json = try? JSONValue.object(record.json).jsonBytes(), json.count <= FrameHeader.maximumMessage
        else { return }
        results.send(.log, json, of: activationID ?? .none)
    }

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > longestMessage else { return text }
        return String(decoding: text.utf8.prefix(longestMessage), as: UTF8.self) + "…"
    }
}

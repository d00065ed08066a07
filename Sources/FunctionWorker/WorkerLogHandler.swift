import Logging
import Values
import WorkerProtocol

/// Hands what a function logs to the ingress.
struct WorkerLogHandler: LogHandler {
    private let results: ResultWriter
    /// The call whose logger it is.
    private let activationID: ActivationID?
    /// A message, and each value of its metadata, is cut beyond this, in UTF-8 bytes.
    private static let longestMessage = 1_000_000
    var logLevel = Logger.Level.debug
    var metadata: Logger.Metadata = [:]

    /// Makes this the handler of every logger of the process, the packages' of the functions too.
    static func install(_ results: ResultWriter) {
        LoggingSystem.bootstrap { _ in WorkerLogHandler(results: results, activationID: nil) }
    }

    /// The logger of one call, made without the lock of what all loggers share.
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
            level: event.level.rawValue, message: Self.cut("\(event.message)"), metadata: JSONObject(fields),
            activationID: activationID)
        guard let json = try? JSONValue.object(record.json).jsonBytes(), json.count <= FrameHeader.maximumMessage
        else { return }
        results.send(.log, json)
    }

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > longestMessage else { return text }
        return String(decoding: text.utf8.prefix(longestMessage), as: UTF8.self) + "…"
    }
}

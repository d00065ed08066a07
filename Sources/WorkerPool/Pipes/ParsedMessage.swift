import Failures
import Invocations
import NIOCore
import Values
import WorkerProtocol

/// A message from a worker, with its contents.
enum ParsedMessage: Sendable {
    case ready
    indirect case loadFailed(Failure)
    case description(ByteBuffer)
    case result(ByteBuffer)
    indirect case failure(Failure)
    /// - Parameter length: the length of the record's JSON in bytes.
    indirect case log(LogRecord, length: Int)
    indirect case operation(OperationRecord)
    case wantsBody
    case body(ByteBuffer)
    /// Bytes that are not a message.
    case unknown

    init(_ message: MessageDecoder.Message) {
        let payload = message.payload
        switch WorkerMessage(rawValue: message.kind) {
        case .ready: self = .ready
        case .loadFailed: self = .loadFailed(Self.failure(payload))
        case .description: self = .description(payload)
        case .result: self = .result(payload)
        case .failure: self = .failure(Self.failure(payload))
        case .log:
            let record = Self.object(payload).flatMap(LogRecord.init(json:))
            self = record.map { .log($0, length: payload.readableBytes) } ?? .unknown
        case .operation:
            self = Self.object(payload).flatMap(OperationRecord.init(json:)).map(Self.operation) ?? .unknown
        case .wantsBody: self = .wantsBody
        case .body: self = .body(payload)
        case nil: self = .unknown
        }
    }

    /// Whether a message contains so much JSON that parsing it would hold up the event loop.
    static func takesLong(_ message: MessageDecoder.Message) -> Bool {
        guard message.payload.readableBytes > BackgroundWork.quickLength else { return false }
        switch WorkerMessage(rawValue: message.kind) {
        case .loadFailed, .failure, .log, .operation: return true
        case .ready, .description, .result, .wantsBody, .body, nil: return false
        }
    }

    private static func object(_ payload: ByteBuffer) -> JSONObject? {
        (try? JSONValue(parsing: payload.readableBytesUInt8Span))?.object
    }

    private static func failure(_ payload: ByteBuffer) -> Failure {
        object(payload).flatMap(Failure.init(json:))
            ?? Failure(.internalError, "A worker reported a failure that cannot be read")
    }
}

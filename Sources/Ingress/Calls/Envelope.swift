import Failures
import FunctionContracts
import Invocations
import NIOCore
import Surfaces
import Values
import WorkerProtocol

/// The body of a call by `POST`: a JSON object with the function's name, its arguments, its context, and configuration.
struct Envelope {
    private(set) var name: FunctionName
    /// The parts, each a JSON object that is checked but not decoded, or empty if it was not given.
    private(set) var arguments: ByteBuffer
    private(set) var context: ByteBuffer
    private(set) var overrides: Invocation.ConfigurationOverrides

    /// Parses an envelope.
    ///
    /// - Throws: ``Failure`` with the code `invalid-request`, which names the field, or with the code `invalid-name`.
    init(_ body: ByteBuffer) throws(Failure) {
        var parts: [Part: (range: Range<Int>, kind: JSONKind)] = [:]
        try RequestJSON.scan(body, called: "body") { key, range, kind in
            if let part = Part(key) { parts[part] = (range, kind) }
        }
        name = try FunctionName(Self.name(parts[.name], in: body))
        arguments = try Self.object(.arguments, parts, in: body)
        context = try Self.object(.context, parts, in: body)
        overrides = Invocation.ConfigurationOverrides(
            config: try Self.object(.config, parts, in: body),
            internalConfig: try Self.object(.internalConfig, parts, in: body))
        try CallContext.check(context)
        try CallContext.checkInternalConfig(overrides.internalConfig)
    }

    /// The members of the envelope that are used.
    private enum Part: String {
        case name, arguments, context, config, internalConfig

        init?(_ key: Span<UInt8>) {
            if key.isEqual(to: "name") {
                self = .name
            } else if key.isEqual(to: "arguments") {
                self = .arguments
            } else if key.isEqual(to: "context") {
                self = .context
            } else if key.isEqual(to: "config") {
                self = .config
            } else if key.isEqual(to: "internalConfig") {
                self = .internalConfig
            } else {
                return nil
            }
        }
    }

    private static func name(
        _ part: (range: Range<Int>, kind: JSONKind)?, in body: ByteBuffer
    ) throws(Failure) -> String {
        guard let part else { return "" }
        guard part.kind == .string,
            let text = try? JSONValue(parsing: body.readableBytesUInt8Span.extracting(part.range)).string
        else { throw .invalidRequest("'name' must be text, not \(part.kind)") }
        return text
    }

    private static func object(
        _ part: Part, _ parts: [Part: (range: Range<Int>, kind: JSONKind)], in body: ByteBuffer
    ) throws(Failure) -> ByteBuffer {
        guard let (range, kind) = parts[part] else { return ByteBuffer() }
        guard kind == .object else { throw .invalidRequest("'\(part.rawValue)' must be an object, not \(kind)") }
        return body.getSlice(at: body.readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer()
    }
}

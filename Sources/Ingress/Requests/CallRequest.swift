package import Failures
package import FunctionContracts
package import NIOCore
import Values

/// A call as it came: the name, and the JSON of its parts, checked but not decoded. An empty part was not given.
package struct CallRequest: Equatable, Sendable {
    package var name: FunctionName
    /// A JSON object.
    package var arguments = ByteBuffer()
    /// A JSON object.
    package var context = ByteBuffer()
    /// A JSON object, which goes over the configuration file's values.
    package var config = ByteBuffer()
    /// A JSON object.
    package var internalConfig = ByteBuffer()
    /// Whether argument values came as text (a query) and are parsed by the parameter's type.
    package var argumentsAreText = false
}

extension CallRequest {
    /// Parses the body of a `POST /`.
    ///
    /// - Throws: ``Failure`` with the code `invalid-request` that names the field, or `invalid-name`.
    package init(envelope body: ByteBuffer) throws(Failure) {
        var parts: [Part: (range: Range<Int>, kind: JSONKind)] = [:]
        let kind: JSONKind
        do {
            kind = try JSONObjectScanner.scan(body.readableBytesUInt8Span) {
                (key, range, kind) throws(JSONParsingError) in
                if let part = Part(key) { parts[part] = (range, kind) }
            }
        } catch {
            throw Self.invalid("The body is not JSON: \(error.message) (line \(error.line), column \(error.column))")
        }
        guard kind == .object else { throw Self.invalid("The body must be a JSON object, not \(kind)") }

        name = try FunctionName(Self.name(parts[.name], in: body))
        arguments = try Self.object(.arguments, parts, in: body)
        context = try Self.object(.context, parts, in: body)
        config = try Self.object(.config, parts, in: body)
        internalConfig = try Self.object(.internalConfig, parts, in: body)
        try CallContext.check(context)
        try CallContext.checkInternalConfig(internalConfig)
    }

    /// Parses a call of the curl surface.
    ///
    /// - Parameters:
    ///   - path: the function's path.
    ///   - body: the arguments as a JSON object; empty for none.
    ///   - context: the `Ingress-Context` header.
    package init(path: String, body: ByteBuffer, context: String?) throws(Failure) {
        name = try FunctionName(path)
        arguments = try Self.checkedObject(body, called: "body", isOptional: true)
        self.context = try Self.checkedObject(
            ByteBuffer(string: context ?? ""), called: "Ingress-Context header", isOptional: true)
        try CallContext.check(self.context)
    }

    /// Parses a `GET` of the curl surface, whose query holds the arguments as text.
    package init(
        path: String, query: [(name: String, value: String)], context: String?
    ) throws(Failure) {
        try self.init(path: path, body: ByteBuffer(), context: context)
        guard !query.isEmpty else { return }
        let values = JSONObject(query.map { ($0.name, .string($0.value)) })
        arguments = ByteBuffer(bytes: (try? JSONValue.object(values).jsonBytes()) ?? [])
        argumentsAreText = true
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
        else { throw invalid("'name' must be text, not \(part.kind)") }
        return text
    }

    private static func object(
        _ part: Part, _ parts: [Part: (range: Range<Int>, kind: JSONKind)], in body: ByteBuffer
    ) throws(Failure) -> ByteBuffer {
        guard let (range, kind) = parts[part] else { return ByteBuffer() }
        guard kind == .object else { throw invalid("'\(part.rawValue)' must be an object, not \(kind)") }
        return body.getSlice(at: body.readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer()
    }

    private static func checkedObject(
        _ json: ByteBuffer, called name: String, isOptional: Bool
    ) throws(Failure) -> ByteBuffer {
        guard json.readableBytes > 0 else { return json }
        let kind: JSONKind
        do {
            kind = try JSONObjectScanner.scan(json.readableBytesUInt8Span) { (_, _, _) throws(JSONParsingError) in }
        } catch {
            throw invalid("The \(name) is not JSON: \(error.message) (line \(error.line), column \(error.column))")
        }
        guard kind == .object else { throw invalid("The \(name) must be a JSON object, not \(kind)") }
        return json
    }

    private static func invalid(_ message: String) -> Failure {
        Failure(.invalidRequest, message)
    }
}

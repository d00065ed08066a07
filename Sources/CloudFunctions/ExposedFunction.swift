import Values

/// The record that `@Exposed` leaves in the plugin: the function's metadata and a way to call it.
public struct __ExposedFunction: Sendable {
    /// The JSON that the macro wrote: the name, the place, the documentation and the parameters.
    package let metadata: StaticString
    /// The type of the function's result, or nil if it returns nothing.
    package let result: (any (Encodable & SendableMetatype).Type)?
    /// Calls the function and encodes its result as JSON.
    package let call: @Sendable (__FunctionCall) async throws -> [UInt8]
}

/// Registers a function with a result.
///
/// - Parameter record: memory for one ``__ExposedFunction``.
// swift-format-ignore: AlwaysUseLowerCamelCase
public func __expose<Result: Encodable & SendableMetatype>(
    _ record: UnsafeMutableRawPointer, _ metadata: StaticString,
    _ body: @escaping @Sendable (__FunctionCall) async throws -> Result
) {
    unsafe register(record, metadata, Result.self) { try encode(try await body($0)) }
}

/// Registers a function whose result type is an existential, such as `any Encodable`.
// swift-format-ignore: AlwaysUseLowerCamelCase
public func __exposeExistential(
    _ record: UnsafeMutableRawPointer, _ metadata: StaticString,
    _ body: @escaping @Sendable (__FunctionCall) async throws -> any Encodable
) {
    // The type of the result is not known before a call.
    unsafe register(record, metadata, JSONValue.self) { try encode(try await body($0)) }
}

/// Registers a function without a result.
// swift-format-ignore: AlwaysUseLowerCamelCase
public func __exposeWithoutResult(
    _ record: UnsafeMutableRawPointer, _ metadata: StaticString,
    _ body: @escaping @Sendable (__FunctionCall) async throws -> Void
) {
    unsafe register(record, metadata, nil) {
        try await body($0)
        return Array("null".utf8)
    }
}

/// Registers a function whose result is the bytes that it writes to the call's streams.
// swift-format-ignore: AlwaysUseLowerCamelCase
public func __exposeStreaming(
    _ record: UnsafeMutableRawPointer, _ metadata: StaticString,
    _ body: @escaping @Sendable (__FunctionCall, __CallStreams) async throws -> Void
) {
    unsafe register(record, metadata, nil) { call in
        guard let streams = call.streams else { return [] }
        try await body(call, streams)
        // The result is a stream even if the function has written nothing.
        try await streams.write([])
        return []
    }
}

/// Registers a description of the app.
// swift-format-ignore: AlwaysUseLowerCamelCase
public func __describeApp(_ record: UnsafeMutableRawPointer, _ metadata: StaticString) {
    unsafe register(record, metadata, nil) { _ in [] }
}

private func register(
    _ record: UnsafeMutableRawPointer, _ metadata: StaticString, _ result: (any (Encodable & SendableMetatype).Type)?,
    _ call: @escaping @Sendable (__FunctionCall) async throws -> [UInt8]
) {
    unsafe record.assumingMemoryBound(to: __ExposedFunction.self)
        .initialize(to: __ExposedFunction(metadata: metadata, result: result, call: call))
}

private func encode(_ result: some Encodable) throws -> [UInt8] {
    do {
        return try ValueEncoder().encodeToBytes(result)
    } catch let error as EncodingError {
        throw ResultError(error)
    }
}

/// A result that has no JSON form.
package struct ResultError: Error, CustomStringConvertible {
    package let description: String

    init(_ error: EncodingError) {
        switch error {
        case .invalidValue(_, let context):
            let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
            description = "The result\(path.isEmpty ? "" : " at \(path)") has no JSON form: \(context.debugDescription)"
        @unknown default:
            description = "The result has no JSON form: \(error)"
        }
    }
}

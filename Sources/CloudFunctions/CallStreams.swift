/// The bytes that a call reads and writes in pieces, beside its arguments and its result.
public struct __CallStreams: Sendable {
    private let source: any CallStreamSource

    package init(_ source: any CallStreamSource) {
        self.source = source
    }

    /// Returns the next piece of the call's body, or nil at its end.
    ///
    /// - Throws: an error if the rest of the body does not come, or if the call has ended.
    public func next() async throws -> [UInt8]? { try await source.next() }

    /// Writes a piece of the result, and returns once there is room for another.
    ///
    /// - Throws: an error if the call has ended.
    public func write(_ piece: [UInt8]) async throws { try await source.write(piece) }
}

/// The two bodies of a call, as the worker provides them.
package protocol CallStreamSource: AnyObject, Sendable {
    /// Returns the next piece of the call's body, or nil at its end.
    func next() async throws -> [UInt8]?
    /// Writes a piece of the result, and returns once there is room for another.
    func write(_ piece: [UInt8]) async throws
}

/// The bytes that a call reads and writes in pieces, beside its arguments and its result.
public struct __CallStreams: Sendable {
    private let read: @Sendable () async throws -> [UInt8]?
    private let writePiece: @Sendable ([UInt8]) async throws -> Void

    package init(
        read: @escaping @Sendable () async throws -> [UInt8]?,
        write: @escaping @Sendable ([UInt8]) async throws -> Void
    ) {
        self.read = read
        writePiece = write
    }

    /// Returns the next piece of the call's body, or nil at its end.
    ///
    /// - Throws: an error if the rest of the body does not come, or if the call has ended.
    public func next() async throws -> [UInt8]? { try await read() }

    /// Writes a piece of the result, and returns once there is room for another.
    ///
    /// - Throws: an error if the call has ended.
    public func write(_ piece: [UInt8]) async throws { try await writePiece(piece) }
}

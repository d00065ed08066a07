package import Failures
package import NIOCore

/// A body that is written on one side as it arrives and read on the other, in pieces or as a whole. It may be used
/// only on the event loop.
///
/// Backpressure works in both directions: ``onWanted`` asks the source for more, and while ``isFull`` is true, the
/// source must pause.
package final class BodyPipe: BodyStream {
    private enum State {
        case coming
        case whole
        indirect case failed(Failure)
        /// The body is not used. Bytes that still arrive are dropped.
        case unused
    }

    private enum Reader {
        case piece((Result<ByteBuffer?, Failure>) -> Void)
        case whole(upTo: Int, (Result<ByteBuffer, Failure>) -> Void)
    }

    private var bytes = ByteBuffer()
    private var state = State.coming
    private var reader: Reader?
    /// Called when a reader waits for more than has arrived.
    package var onWanted: () -> Void = {}
    /// Called once, when the reader ends a body of which more may arrive.
    package var onUnused: () -> Void = {}
    /// The number of unread bytes at which the source must pause.
    private static let mostUnread = 256 << 10

    package init() {}

    /// Whether enough bytes wait for a reader that takes pieces.
    package var isFull: Bool {
        if case .whole? = reader { return false }
        return bytes.readableBytes >= Self.mostUnread
    }

    // MARK: - Reading

    /// Passes on the whole body, now or once it has arrived.
    ///
    /// - Parameter longest: the length of the longest accepted body, in bytes.
    package func collect(upTo longest: Int, _ onBody: @escaping (Result<ByteBuffer, Failure>) -> Void) {
        guard bytes.readableBytes <= longest else { return onBody(.failure(.bodyTooLong(longest))) }
        switch state {
        case .whole: onBody(.success(takeBytes()))
        case .failed(let failure): onBody(.failure(failure))
        case .unused: onBody(.failure(.unused))
        case .coming:
            checkHasNoReader()
            reader = .whole(upTo: longest, onBody)
            onWanted()
        }
    }

    package func next() async throws(Failure) -> ByteBuffer? {
        if bytes.readableBytes > 0 { return takeBytes() }
        switch state {
        case .whole: return nil
        case .failed(let failure): throw failure
        case .unused: throw .unused
        case .coming: break
        }
        checkHasNoReader()
        let piece = await withCheckedContinuation { continuation in
            reader = .piece { continuation.resume(returning: $0) }
            onWanted()
        }
        return try piece.get()
    }

    package func end() {
        bytes = ByteBuffer()
        guard case .coming = state else { return }
        state = .unused
        tell(.failure(.unused))
        onUnused()
    }

    // MARK: - Writing

    package func append(_ piece: inout ByteBuffer) {
        guard case .coming = state, piece.readableBytes > 0 else { return }
        if bytes.readableBytes == 0 { bytes = piece } else { bytes.writeBuffer(&piece) }
        switch reader {
        case .piece: tell(.success(takeBytes()))
        case .whole(let longest, _) where bytes.readableBytes > longest: tell(.failure(.bodyTooLong(longest)))
        default: break
        }
    }

    /// Records that the last piece has arrived.
    package func finish() {
        guard case .coming = state else { return }
        state = .whole
        if case .whole? = reader { tell(.success(takeBytes())) } else { tell(.success(nil)) }
    }

    /// Records that no more will arrive, although more was announced.
    package func fail(_ failure: Failure) {
        guard case .coming = state else { return }
        state = .failed(failure)
        tell(.failure(failure))
    }

    private func checkHasNoReader() {
        guard case nil = reader else { preconditionFailure("A body has one reader at a time") }
    }

    private func takeBytes() -> ByteBuffer {
        defer { bytes = ByteBuffer() }
        return bytes
    }

    private func tell(_ result: Result<ByteBuffer?, Failure>) {
        let reader = reader
        self.reader = nil
        switch reader {
        case nil: break
        case .piece(let onPiece): onPiece(result)
        case .whole(_, let onBody): onBody(result.map { $0 ?? ByteBuffer() })
        }
    }
}

extension Failure {
    /// The failure of reading a body that is no longer used.
    fileprivate static let unused = Failure(.internalError, "The body is not read any more")
}

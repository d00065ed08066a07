package import Failures
package import NIOCore

/// The bytes of a request, a result or a response: all of them at once, or in pieces.
package enum Body: Sendable {
    case buffered(ByteBuffer)
    /// Pieces whose number and length are not known before the end.
    case stream(NIOLoopBound<any BodyStream>)

    /// Returns all of the bytes once they have arrived. Must be called on the event loop.
    ///
    /// - Parameter longest: the length of the longest accepted body, in bytes.
    package func collected(upTo longest: Int = Body.longest) async throws(Failure) -> ByteBuffer {
        guard case .stream(let bound) = self else {
            guard case .buffered(let bytes) = self, bytes.readableBytes <= longest else { throw .bodyTooLong(longest) }
            return bytes
        }
        let stream = bound.value
        var bytes = ByteBuffer()
        while var piece = try await stream.next() {
            guard bytes.readableBytes + piece.readableBytes <= longest else {
                stream.end()
                throw .bodyTooLong(longest)
            }
            bytes.writeBuffer(&piece)
        }
        return bytes
    }

    /// The length of the longest body that is kept in memory as a whole, in bytes.
    package static let longest = 64 << 20
}

/// A body that is read in pieces. It may be used only on the event loop, and by one reader.
package protocol BodyStream: AnyObject {
    /// Returns the next piece, or nil at the end.
    ///
    /// The source may produce the next piece only after this is called, so that a reader that is slow slows down the
    /// source.
    ///
    /// - Throws: ``Failure`` if the rest of the body does not arrive.
    func next() async throws(Failure) -> ByteBuffer?

    /// Whether the stream ends only when it is told to.
    var isEndless: Bool { get }

    /// Ends the stream, because it is not read any more. ``next()`` ends soon afterwards.
    func end()
}

extension BodyStream {
    package var isEndless: Bool { false }
}

extension Failure {
    static func bodyTooLong(_ longest: Int) -> Failure {
        Failure(
            .bodyTooLarge, "The body is longer than \(longest >> 20) MB",
            remedy: "Send less, or store the data and send where it is.")
    }
}

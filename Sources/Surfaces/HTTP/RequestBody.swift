package import Failures
package import NIOCore

/// The body of a request as it arrives. It may be used only on the event loop.
///
/// Until somebody asks for the body, nothing is read beyond the bytes that arrived together with earlier data.
package final class RequestBody {
    private var bytes = ByteBuffer()
    private var state = State.coming
    private var longest = Int.max
    private var onBody: ((Result<ByteBuffer, Failure>) -> Void)?
    /// Called when more of the body is wanted than has arrived.
    package var onWanted: () -> Void = {}

    package init() {}

    private enum State {
        case coming
        case whole
        case cut
        /// The body is not used. Bytes that still arrive are dropped.
        case unused
    }

    /// Passes on the whole body, now or once it has arrived.
    ///
    /// - Parameter longest: the length of the longest accepted body, in bytes.
    package func collect(upTo longest: Int, _ onBody: @escaping (Result<ByteBuffer, Failure>) -> Void) {
        guard bytes.readableBytes <= longest else { return onBody(.failure(.bodyTooLong(longest))) }
        switch state {
        case .whole: onBody(.success(bytes))
        case .cut, .unused: onBody(.failure(.bodyCut))
        case .coming:
            self.longest = longest
            self.onBody = onBody
            onWanted()
        }
    }

    package func append(_ part: inout ByteBuffer) {
        guard state == .coming else { return }
        if bytes.readableBytes == 0 { bytes = part } else { bytes.writeBuffer(&part) }
        if bytes.readableBytes > longest { finish(.failure(.bodyTooLong(longest))) }
    }

    package func end() {
        if state == .coming { state = .whole }
        finish(.success(bytes))
    }

    package func cut() {
        guard state == .coming else { return }
        state = .cut
        finish(.failure(.bodyCut))
    }

    /// Records that the body is not needed any more.
    package func drop() {
        bytes = ByteBuffer()
        if state == .coming { state = .unused }
    }

    private func finish(_ result: Result<ByteBuffer, Failure>) {
        let onBody = onBody
        self.onBody = nil
        onBody?(result)
    }
}

extension Failure {
    fileprivate static func bodyTooLong(_ longest: Int) -> Failure {
        Failure(
            .bodyTooLarge, "The body is longer than \(longest >> 20) MB",
            remedy: "Send less, or store the data and send where it is.")
    }

    fileprivate static let bodyCut = Failure(.invalidRequest, "The body did not come whole")
}

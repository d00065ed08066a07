package import Failures
package import NIOCore

/// The body of a request as it comes. Lives on the event loop.
///
/// What nobody has asked for is read no further than it has come with what was read before.
package final class RequestBody {
    private var bytes = ByteBuffer()
    private var state = State.coming
    private var longest = Int.max
    private var onBody: ((Result<ByteBuffer, Failure>) -> Void)?
    /// Called when more is wanted than has come.
    package var onWanted: () -> Void = {}

    package init() {}

    private enum State {
        case coming
        case whole
        case cut
        /// It is not used: what comes is dropped.
        case unused
    }

    /// Whether all of it has come.
    package var isWhole: Bool { state == .whole }
    /// Whether more of it may come.
    package var isComing: Bool { state == .coming }
    /// Whether more of it is to be read.
    package var isWanted: Bool { onBody != nil || state == .unused }

    /// Hands all of it over, now or once it has come.
    ///
    /// - Parameter longest: The longest body that is taken, in bytes.
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

    /// Says that it is not used any more.
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

import NIOCore
import NIOHTTP1

/// A request, whose body may still be coming.
struct Request {
    let method: HTTPMethod
    /// The target's path, percent-encoded.
    let path: String
    /// The target's query, percent-encoded and without the question mark; nil when there is none.
    let query: Substring?
    /// The name and port that the request is for: of its target where that is a whole address, else of its `Host` header
    /// (RFC 9112, 3.2.2).
    let authority: String?
    let body: RequestBody
    private let headers: HTTPHeaders

    init(_ head: HTTPRequestHead, body: RequestBody) {
        method = head.method
        headers = head.headers
        self.body = body
        let (authority, rest) = Self.split(head.uri)
        self.authority = authority.map(String.init) ?? head.headers.first(name: "Host")
        // By bytes: a combining mark behind the question mark makes another character of it.
        if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = String(rest[..<mark])
            query = rest[rest.utf8.index(after: mark)...]
        } else {
            path = String(rest)
            query = nil
        }
    }

    /// A header's value, nil when it is missing; the values of one that comes more than once, separated by commas.
    subscript(name: String) -> String? {
        var found: String?
        for header in headers where Self.isSame(header.name, name) {
            found = found.map { "\($0), \(header.value)" } ?? header.value
        }
        return found
    }

    /// How often a header comes.
    func count(of name: String) -> Int {
        headers.reduce(0) { $0 + (Self.isSame($1.name, name) ? 1 : 0) }
    }

    /// Whether two names of headers differ in case at most.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.count == other.utf8.count && zip(one.utf8, other.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }

    /// Splits the authority from a target such as `http://host:port/path`.
    private static func split(_ target: String) -> (authority: Substring?, rest: Substring) {
        guard target.utf8.first != UInt8(ascii: "/"), let mark = target.firstRange(of: "://") else {
            return (nil, target[...])
        }
        let authority = target[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let rest = target[authority.endIndex...]
        return (authority, rest.isEmpty ? "/" : rest)
    }
}

/// The body of a request as it comes. Lives on the event loop.
///
/// What nobody has asked for is read no further than it has come with what was read before.
final class RequestBody {
    /// Why there is no body.
    enum Failure: Error {
        case tooLong
        /// The connection ended before it was whole.
        case cut
    }

    private var bytes = ByteBuffer()
    private var state = State.coming
    private var longest = Int.max
    private var completion: ((Result<ByteBuffer, Failure>) -> Void)?
    /// Told when more is wanted than has come.
    var onWanted: () -> Void = {}

    private enum State {
        case coming
        case whole
        case cut
        /// It is not used: what comes is dropped.
        case unused
    }

    /// Whether all of it has come.
    var isWhole: Bool { state == .whole }
    /// Whether more of it may come.
    var isComing: Bool { state == .coming }
    /// Whether more of it is to be read.
    var isWanted: Bool { completion != nil || state == .unused }

    /// Hands all of it over, now or once it has come.
    ///
    /// - Parameter longest: how many bytes it may have.
    func collect(upTo longest: Int, completion: @escaping (Result<ByteBuffer, Failure>) -> Void) {
        guard bytes.readableBytes <= longest else { return completion(.failure(.tooLong)) }
        switch state {
        case .whole: completion(.success(bytes))
        case .cut, .unused: completion(.failure(.cut))
        case .coming:
            self.longest = longest
            self.completion = completion
            onWanted()
        }
    }

    func append(_ part: inout ByteBuffer) {
        guard state == .coming else { return }
        if bytes.readableBytes == 0 { bytes = part } else { bytes.writeBuffer(&part) }
        if bytes.readableBytes > longest { finish(.failure(.tooLong)) }
    }

    func end() {
        if state == .coming { state = .whole }
        finish(.success(bytes))
    }

    func cut() {
        guard state == .coming else { return }
        state = .cut
        finish(.failure(.cut))
    }

    /// Says that it is not used any more.
    func drop() {
        bytes = ByteBuffer()
        if state == .coming { state = .unused }
    }

    private func finish(_ result: Result<ByteBuffer, Failure>) {
        let completion = completion
        self.completion = nil
        completion?(result)
    }
}

import Foundation
import Synchronization
import Values
import TestSupport

/// An HTTP server on 127.0.0.1 that plays the cloud's API and keeps the requests it receives.
final class PlayedAPI: Sendable {
    /// A request as it was received.
    struct Request: Sendable {
        var method: String
        /// The path and the query.
        var target: String
        /// The headers; their names are in lower case.
        var headers: [String: String]
        var body: String
    }

    struct Answer: Sendable {
        var status = 200
        var body: String
        /// The target of a redirect; nil for none.
        var location: String?
    }

    private let descriptor: CInt
    let port: Int
    private let seen = Mutex<[Request]>([])
    private let answers: @Sendable (Request) -> Answer?

    /// The resources in the discovery, as URL templates relative to the server's own address.
    static let resources = [
        "MyUser": "/me", "MyCompany": "/company", "Agent": "/agents/{publicId}", "Asset": "/assets/{publicId}",
        "AgentList": "/agents",
    ]

    /// Creates a server and starts it.
    ///
    /// - Parameter answers: a closure that returns the answer to a request, except one for the discovery; nil for
    ///   404.
    init(_ answers: @escaping @Sendable (Request) -> Answer?) throws {
        (descriptor, port) = try HTTPExchange.listen()
        self.answers = answers
        Thread.detachNewThread { [weak self, descriptor] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else {
                    close(descriptor)
                    return
                }
                self?.serve(connection)
                close(connection)
            }
        }
    }

    deinit {
        // The server's thread closes the descriptor.
        shutdown(descriptor, CInt(SHUT_RDWR))
    }

    var address: String { "http://127.0.0.1:\(port)/" }

    /// The requests so far, without those for the discovery.
    var requests: [Request] { seen.withLock { $0.filter { $0.target != "/" } } }
    /// The requests for the discovery.
    var discoveries: [Request] { seen.withLock { $0.filter { $0.target == "/" } } }

    private func serve(_ connection: CInt) {
        guard let request = Self.read(connection) else { return }
        seen.withLock { $0.append(request) }
        let answer =
            request.target == "/" ? discovery : answers(request) ?? Answer(status: 404, body: "there is no such thing")
        let text = """
            HTTP/1.1 \(answer.status) Answer\r\nContent-Type: application/json\r\nConnection: close\r
            \(answer.location.map { "Location: \($0)\r\n" } ?? "")\
            Content-Length: \(answer.body.utf8.count)\r\n\r\n\(answer.body)
            """
        try? HTTPExchange.write(Array(text.utf8), to: connection)
    }

    private var discovery: Answer {
        let list = Self.resources.sorted { $0.key < $1.key }.map { rel, path in
            #"{"rel":"\#(rel)","href":"http://127.0.0.1:\#(port)\#(path)"}"#
        }
        return Answer(body: #"{"type":"Discovery","data":[\#(list.joined(separator: ","))]}"#)
    }

    private static func read(_ connection: CInt) -> Request? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let lines = text[..<end.lowerBound].split(separator: "\r\n")
                let words = lines[0].split(separator: " ")
                var headers: [String: String] = [:]
                for line in lines.dropFirst() {
                    let name = line.prefix { $0 != ":" }
                    headers[name.lowercased()] = String(line.dropFirst(name.count + 1).drop { $0 == " " })
                }
                let body = text[end.upperBound...]
                if body.utf8.count >= headers["content-length"].flatMap({ Int($0) }) ?? 0 {
                    return Request(
                        method: String(words[0]), target: String(words[1]), headers: headers, body: String(body))
                }
            }
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            bytes.append(contentsOf: chunk[0..<count])
        }
    }
}

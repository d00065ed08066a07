import Glibc
import Values
import TestSupport

/// A listener to `GET /_/events` over a plain socket.
final class EventStream {
    struct Event: Equatable {
        let id: Int
        let name: String
        let data: JSONValue
    }

    /// The status line and the headers, as they were received.
    private(set) var head = ""
    /// The bytes after the head that are not read yet: chunks of HTTP's transfer coding.
    private var bytes: [UInt8] = []
    /// The text of the event that is being read.
    private var text: [UInt8] = []
    private let socket: CInt

    /// Requests the events and reads the head of the answer.
    ///
    /// - Parameters:
    ///   - headers: the headers to send in addition to `Accept`, and to `Host` unless it is among them.
    ///   - receiveBuffer: the number of bytes that the system buffers for this listener.
    init(port: Int, headers: [(String, String)] = [], receiveBuffer: Int? = nil) throws {
        socket = try HTTPExchange.connect(port: port, receiveBuffer: receiveBuffer)
        let host = headers.contains { $0.0 == "Host" } ? [] : [("Host", "127.0.0.1:\(port)")]
        let lines = (host + headers + [("Accept", "text/event-stream")]).map { "\($0): \($1)\r\n" }
        try HTTPExchange.write(Array("GET /_/events HTTP/1.1\r\n\(lines.joined())\r\n".utf8), to: socket)
        while true {
            if let end = bytes.firstRange(of: "\r\n\r\n".utf8) {
                head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                bytes.removeSubrange(..<end.upperBound)
                return
            }
            guard try receive() else { throw TimedOut(what: "the head of the events: the connection ended") }
        }
    }

    deinit {
        close(socket)
    }

    var status: Int { head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0 }

    /// Returns the next event, or nil when the stream has ended. Waits for the ``patience`` of tests at most.
    func next() throws -> Event? {
        let deadline = ContinuousClock.now + patience
        // Heartbeats are not events.
        while ContinuousClock.now < deadline {
            if let block = takeBlock() {
                if let event = Self.event(block) { return event }
            } else if try !receiveChunk() {
                return nil
            }
        }
        throw TimedOut(what: "an event")
    }

    /// Returns the events up to and including the first with that name.
    func events(through name: String) throws -> [Event] {
        var events: [Event] = []
        while let event = try next() {
            events.append(event)
            if event.name == name { return events }
        }
        throw TimedOut(what: "the event \(name): the stream ended after \(events.map(\.name))")
    }

    private func takeBlock() -> String? {
        // Every event comes in chunks of its own.
        guard text.suffix(2).elementsEqual("\n\n".utf8) else { return nil }
        defer { text = [] }
        return String(decoding: text, as: UTF8.self)
    }

    private static func event(_ block: String) -> Event? {
        var fields: [String: String] = [:]
        for line in block.split(separator: "\n") {
            let name = line.prefix { $0 != ":" }
            fields[String(name)] = String(line.dropFirst(name.count + 1).drop { $0 == " " })
        }
        guard let name = fields["event"], let id = fields["id"].flatMap({ Int($0) }), let data = fields["data"] else {
            return nil
        }
        return Event(id: id, name: name, data: (try? JSONValue(parsing: data)) ?? .null)
    }

    /// Reads one chunk of the body; returns false at the end.
    private func receiveChunk() throws -> Bool {
        while true {
            if let line = bytes.firstRange(of: "\r\n".utf8),
                let size = Int(String(decoding: bytes[..<line.lowerBound], as: UTF8.self), radix: 16)
            {
                if size == 0 { return false }
                if bytes.count >= line.upperBound + size + 2 {
                    text += bytes[line.upperBound..<line.upperBound + size]
                    bytes.removeSubrange(..<(line.upperBound + size + 2))
                    return true
                }
            }
            guard try receive() else { return false }
        }
    }

    /// Waits for more bytes, for the ``patience`` of tests at most; returns false when the connection has ended.
    private func receive() throws -> Bool {
        var request = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&request, 1, Int32(patience / .milliseconds(1))) > 0 else {
            throw TimedOut(what: "more of the events")
        }
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        let count = recv(socket, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        bytes += chunk[..<count]
        return true
    }
}

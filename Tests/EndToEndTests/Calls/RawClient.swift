import Glibc
import Synchronization
import TestSupport

/// A client that sends a body of any length and reads a response in chunks, as fast as a test wants.
final class RawClient: Sendable {
    /// An error for a connection that was closed before the end of the response.
    struct NoEnd: Error {}

    private let socket: CInt
    private let path: String
    private let sent = Atomic(0)
    private let input = Mutex(Input())

    private struct Input {
        var bytes: [UInt8] = []
        /// The number of bytes that were taken.
        var start = 0
        var hasHead = false
    }

    /// The bytes that are sent, again and again.
    private static let pattern = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

    init(_ path: String, port: Int) throws {
        self.path = path
        socket = try HTTPExchange.connect(port: port)
    }

    deinit {
        Glibc.close(socket)
    }

    /// Goes away.
    func close() {
        shutdown(socket, Int32(SHUT_RDWR))
    }

    /// The number of bytes of the body that the system has taken.
    var written: Int { sent.load(ordering: .sequentiallyConsistent) }

    /// Sends a request, or as much of it as the other end takes.
    ///
    /// - Parameters:
    ///   - length: the number of bytes of the body to send.
    ///   - total: the length of the body, or nil if all of it is sent.
    /// - Returns: the number of bytes that were sent.
    @discardableResult
    func write(_ length: Int, of total: Int? = nil) async throws -> Int {
        try await onOwnThread { [self] in
            let head = "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: \(total ?? length)\r\n\r\n"
            try HTTPExchange.write(Array(head.utf8), to: socket)
            while written < length {
                let offset = written % Self.pattern.count
                let count = Self.pattern[offset...].prefix(length - written).withUnsafeBytes {
                    send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { break }
                sent.add(count, ordering: .sequentiallyConsistent)
            }
            return written
        }
    }

    /// Reads the whole body of the response.
    ///
    /// - Returns: its length, and whether it consists of the bytes that are sent.
    func readAll() async throws -> (length: Int, isAsSent: Bool) {
        try await onOwnThread { [self] in
            var length = 0, isAsSent = true
            while true {
                var chunk = try nextChunk()[...]
                if chunk.isEmpty { return (length, isAsSent) }
                while !chunk.isEmpty {
                    let offset = length % Self.pattern.count
                    let part = chunk.prefix(Self.pattern.count - offset)
                    isAsSent = isAsSent && Self.isPattern(part, at: offset)
                    length += part.count
                    chunk = chunk.dropFirst(part.count)
                }
            }
        }
    }

    /// Compares at once: byte by byte it takes seconds in a debug build.
    private static func isPattern(_ bytes: ArraySlice<UInt8>, at offset: Int) -> Bool {
        bytes.withUnsafeBytes { bytes in
            pattern[offset...].withUnsafeBytes { pattern in
                guard let one = pattern.baseAddress, let other = bytes.baseAddress else { return false }
                return memcmp(one, other, bytes.count) == 0
            }
        }
    }

    /// Reads the next chunk of the response; empty at its end.
    func readPiece() async throws -> String {
        try await onOwnThread { [self] in String(decoding: try nextChunk(), as: UTF8.self) }
    }

    private func nextChunk() throws -> [UInt8] {
        try input.withLock { input in
            if !input.hasHead {
                while try readLine(&input) != "" {}
                input.hasHead = true
            }
            let length = Int(try readLine(&input), radix: 16) ?? 0
            let chunk = try take(length, &input)
            _ = try readLine(&input)
            return chunk
        }
    }

    private func readLine(_ input: inout Input) throws -> String {
        var end = input.bytes[input.start...].firstIndex(of: UInt8(ascii: "\n"))
        while end == nil {
            try receive(&input)
            end = input.bytes[input.start...].firstIndex(of: UInt8(ascii: "\n"))
        }
        let line = try take((end ?? 0) + 1 - input.start, &input)
        return String(decoding: line.dropLast(2), as: UTF8.self)
    }

    private func take(_ count: Int, _ input: inout Input) throws -> [UInt8] {
        while input.bytes.count - input.start < count { try receive(&input) }
        defer { input.start += count }
        return Array(input.bytes[input.start..<(input.start + count)])
    }

    private func receive(_ input: inout Input) throws {
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        let count = recv(socket, &buffer, buffer.count, 0)
        guard count > 0 else { throw NoEnd() }
        input.bytes.removeFirst(input.start)
        input.start = 0
        input.bytes.append(contentsOf: buffer[..<count])
    }
}

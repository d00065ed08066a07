import Glibc
package import Values

/// An HTTP request over a plain socket, with which tests can send any headers.
package struct HTTPExchange {
    /// The answer to the request.
    package struct Answer: Sendable {
        package let status: Int
        /// The headers; their names are in lower case.
        package let headers: [String: String]
        package let body: String

        /// The body as JSON; null when it is not JSON.
        package var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
        /// Returns the member of the error object with that name.
        package func error(_ member: String) -> JSONValue? { json["error"]?[member] }
    }

    package struct ConnectionFailed: Error {
        let reason: String
    }

    /// Sends a request and reads the whole answer.
    ///
    /// - Parameters:
    ///   - headers: the headers to send in addition to `Content-Length`, `Connection: close`, and `Host` unless it is
    ///     among them.
    ///   - address: the address to connect to, 127.0.0.1 by default.
    package static func send(
        _ method: String, _ path: String, port: Int, headers: [(String, String)] = [], body: String = "",
        address: UInt32 = 0x7F00_0001
    ) throws -> Answer {
        let socket = try connect(port: port, address: address)
        defer { close(socket) }
        var head = "\(method) \(path) HTTP/1.1\r\n"
        if !headers.contains(where: { $0.0.lowercased() == "host" }) { head += "Host: 127.0.0.1:\(port)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        head += "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n"
        try write(Array((head + body).utf8), to: socket)
        return try parse(readAll(from: socket))
    }

    /// Sends a text and reads until the other end closes the connection.
    package static func readAll(_ text: String, port: Int) throws -> String {
        let socket = try open(text, port: port)
        defer { close(socket) }
        return String(decoding: try readAll(from: socket), as: UTF8.self)
    }

    /// Listens on a free port of 127.0.0.1.
    package static func listen() throws -> (descriptor: CInt, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) + Glibc.listen(descriptor, 16) + getsockname(descriptor, $0, &length)
            }
        }
        guard result == 0 else {
            close(descriptor)
            throw ConnectionFailed(reason: String(cString: strerror(errno)))
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// Returns a port of 127.0.0.1 that nothing listens on.
    package static func freePort() throws -> Int {
        let (descriptor, port) = try listen()
        close(descriptor)
        return port
    }

    /// Opens a connection, sends a text and leaves the connection open; the caller must close the descriptor.
    package static func open(_ text: String, port: Int) throws -> CInt {
        let socket = try connect(port: port)
        try write(Array(text.utf8), to: socket)
        return socket
    }

    /// Connects to an address, 127.0.0.1 by default.
    ///
    /// - Parameter receiveBuffer: the number of bytes that the system buffers for this end; nil for its default.
    package static func connect(port: Int, receiveBuffer: Int? = nil, address ip: UInt32 = 0x7F00_0001) throws -> CInt {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer.map(CInt.init) {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = ip.bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(descriptor)
            throw ConnectionFailed(reason: String(cString: strerror(errno)))
        }
        return descriptor
    }

    /// Writes all bytes, or as many as the other end accepts.
    package static func write(_ bytes: [UInt8], to socket: CInt) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Reads until the other end closes the connection.
    package static func readAll(from socket: CInt) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = recv(socket, &chunk, chunk.count, 0)
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: chunk[0..<count])
        }
    }

    private static func parse(_ bytes: [UInt8]) throws -> Answer {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { throw ConnectionFailed(reason: "no answer: '\(text)'") }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let name = line.prefix { $0 != ":" }
            headers[name.lowercased()] = String(line.dropFirst(name.count + 1).drop { $0 == " " })
        }
        return Answer(status: status, headers: headers, body: String(text[end.upperBound...]))
    }
}

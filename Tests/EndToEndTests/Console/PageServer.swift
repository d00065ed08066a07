import Dispatch
import Glibc

/// Serves one HTML page on a free port of 127.0.0.1, as the origin of somebody else's page.
final class PageServer: Sendable {
    let port: Int
    private let listener: CInt

    init(_ html: String) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard result else { throw HTTPExchange.ConnectionFailed(reason: String(cString: strerror(errno))) }
        port = Int(UInt16(bigEndian: address.sin_port))
        let answer = Array(
            """
            HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: \(html.utf8.count)\r
            Connection: close\r\n\r\n\(html)
            """.utf8)
        DispatchQueue(label: "page server").async {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { break }
                // A browser opens connections that it may never use.
                DispatchQueue.global().async {
                    var request = [UInt8](repeating: 0, count: 16 * 1024)
                    if recv(connection, &request, request.count, 0) > 0 {
                        _ = send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
                    }
                    close(connection)
                }
            }
            close(listener)
        }
    }

    deinit {
        // Wakes the thread that accepts, which then closes the socket.
        shutdown(listener, Int32(SHUT_RDWR))
    }
}

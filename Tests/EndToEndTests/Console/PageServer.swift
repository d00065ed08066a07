import Dispatch
import Glibc
import TestSupport

/// A server of one HTML page on a free port of 127.0.0.1, which gives the page an origin of its own.
final class PageServer: Sendable {
    let port: Int
    private let listener: CInt

    init(_ html: String) throws {
        let (listener, port) = try HTTPExchange.listen()
        (self.listener, self.port) = (listener, port)
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

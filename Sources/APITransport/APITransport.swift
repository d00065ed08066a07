import Foundation
import FoundationNetworking
import Synchronization

/// Sends an HTTP request.
///
/// A worker loads this library when a function first uses the API. The library shares no types with the worker, so
/// both sides exchange JSON as bytes. Redirections are not followed, because they would carry the caller's token
/// elsewhere.
///
/// - Parameters:
///   - request: `{"method", "url", "headers": [[name, value]], "body": text or null, "timeout": seconds}`.
///   - count: the length of the request in bytes.
///   - context: a pointer that is passed to `done`.
///   - done: called once, on any thread, with `{"status", "body": text}` or `{"error": message}`. The bytes are gone
///     when it returns.
/// - Returns: a number for ``apiTransportCancel(_:)``.
@c(api_transport_send)
public func apiTransportSend(
    _ request: UnsafePointer<UInt8>, _ count: Int, _ context: UnsafeMutableRawPointer,
    _ done: @escaping @convention(c) (UnsafeMutableRawPointer, UnsafePointer<UInt8>, Int) -> Void
) -> Int {
    let receiver = unsafe Receiver(context: context, done: done)
    let data = unsafe Data(bytes: request, count: count)
    guard let request = TransportRequest(data), let urlRequest = URLRequest(request) else {
        receiver.complete(with: ["error": "the URL cannot be read"])
        return 0
    }
    return exchanges.start(urlRequest, for: receiver, limit: request.timeout)
}

/// Ends a request that nobody waits for any more. Its answer is reported all the same.
@c(api_transport_cancel)
public func apiTransportCancel(_ number: Int) {
    exchanges.cancel(number)
}

private let exchanges = Exchanges()

/// The requests that are under way.
private final class Exchanges: NSObject, URLSessionDataDelegate {
    private struct Exchange {
        var task: URLSessionDataTask
        var receiver: Receiver
        var body = Data()
        /// The longest time the exchange may take, in seconds.
        var limit: Double
        var isLate = false
    }

    /// The exchanges, by the numbers of their tasks. The code that removes one informs its receiver.
    private let running = Mutex<[Int: Exchange]>([:])
    private let session = Mutex<URLSession?>(nil)

    private func openSession() -> URLSession {
        session.withLock { session in
            if let session { return session }
            let configuration = URLSessionConfiguration.ephemeral
            configuration.httpShouldSetCookies = false
            configuration.httpCookieAcceptPolicy = .never
            configuration.urlCache = nil
            let new = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
            session = new
            return new
        }
    }

    /// Starts a request.
    ///
    /// - Parameter limit: the longest time the whole exchange may take, in seconds. Foundation's own timeouts are in
    ///   whole seconds.
    func start(_ request: URLRequest, for receiver: Receiver, limit: Double) -> Int {
        let task = openSession().dataTask(with: request)
        let number = task.taskIdentifier
        running.withLock { $0[number] = Exchange(task: task, receiver: receiver, limit: limit) }
        task.resume()
        DispatchQueue.global().asyncAfter(deadline: .now() + limit) {
            self.running.withLock { $0[number]?.isLate = true }
            self.cancel(number)
        }
        return number
    }

    func cancel(_ number: Int) {
        running.withLock { $0[number]?.task }?.cancel()
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        running.withLock { $0[dataTask.taskIdentifier]?.body.append(data) }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let exchange = running.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else { return }
        if let response = task.response as? HTTPURLResponse, error == nil {
            exchange.receiver.complete(with: [
                "status": response.statusCode, "body": String(decoding: exchange.body, as: UTF8.self),
            ])
        } else {
            let reason = exchange.isLate ? "it took longer than \(exchange.limit) s" : error?.localizedDescription
            exchange.receiver.complete(with: ["error": reason ?? "there was no answer"])
        }
    }
}

/// The receiver of an answer.
@safe private struct Receiver: Sendable {
    /// A pointer that belongs to the worker, which keeps it until it receives the answer.
    nonisolated(unsafe) let context: UnsafeMutableRawPointer
    nonisolated(unsafe) let done: @convention(c) (UnsafeMutableRawPointer, UnsafePointer<UInt8>, Int) -> Void

    func complete(with json: [String: Any]) {
        let bytes = [UInt8]((try? JSONSerialization.data(withJSONObject: json)) ?? Data("{}".utf8))
        unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            unsafe done(context, start, buffer.count)
        }
    }
}

/// A request as it comes from the worker.
private struct TransportRequest: Decodable {
    var method: String
    var url: String
    var headers: [[String]]
    var body: String?
    /// The longest time the whole exchange may take, in seconds.
    var timeout: Double

    init?(_ data: Data) {
        guard let request = try? JSONDecoder().decode(Self.self, from: data) else { return nil }
        self = request
    }
}

extension URLRequest {
    fileprivate init?(_ request: TransportRequest) {
        guard let url = URL(string: request.url), url.host != nil else { return nil }
        self.init(url: url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: request.timeout + 60)
        httpMethod = request.method
        for header in request.headers where header.count == 2 {
            setValue(header[1], forHTTPHeaderField: header[0])
        }
        httpBody = request.body.map { Data($0.utf8) }
    }
}

import CloudFunctions
import Glibc
import Synchronization
import Values

/// A transport that sends requests to the API with the library `APITransport`.
///
/// The library is loaded when the first request is sent. Most functions never use the API, and the code that the
/// library needs would make every worker larger and slower to start.
final class TransportLibrary: APITransport {
    private typealias Done = @convention(c) (UnsafeMutableRawPointer, UnsafePointer<UInt8>, Int) -> Void
    private typealias Send =
        @convention(c) (UnsafePointer<UInt8>, Int, UnsafeMutableRawPointer, Done) -> Int
    private typealias Cancel = @convention(c) (Int) -> Void

    /// The functions of the loaded library, which is never unloaded.
    @safe private struct Symbols {
        let send: Send
        let cancel: Cancel
    }

    private let path: String
    private let timeout: Double
    private let loaded = Mutex<Symbols?>(nil)

    /// Creates a transport.
    ///
    /// - Parameters:
    ///   - path: the path of the library.
    ///   - timeout: the longest time an answer may take, in seconds.
    init(path: String, timeout: Double) {
        self.path = path
        self.timeout = timeout
    }

    /// The path of the library beside the running executable.
    static var ownPath: String {
        let executable = CommandLine.arguments.first ?? ""
        return executable.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            + "/libAPITransport.so"
    }

    func send(_ request: APIRequest) async throws -> APIAnswer {
        let symbols = try symbols()
        let headers = request.headers.map { JSONValue.array([.string($0.name), .string($0.value)]) }
        let json: JSONValue = [
            "method": .string(request.method), "url": .string(request.url), "headers": .array(headers),
            "body": request.body.map(JSONValue.string) ?? .null, "timeout": .double(timeout),
        ]
        let bytes = try json.jsonBytes()
        let number = Mutex<Int?>(nil)
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let pending = unsafe Unmanaged.passRetained(PendingAnswer(continuation)).toOpaque()
                let id = unsafe bytes.withUnsafeBufferPointer { buffer in
                    guard let start = buffer.baseAddress else { return 0 }
                    return unsafe symbols.send(start, buffer.count, pending) { context, bytes, count in
                        let answer = unsafe Unmanaged<PendingAnswer>.fromOpaque(context).takeRetainedValue()
                        let buffer = unsafe UnsafeBufferPointer(start: bytes, count: count)
                        unsafe answer.continuation.resume(returning: Array(buffer))
                    }
                }
                number.withLock { $0 = id }
                if Task.isCancelled { symbols.cancel(id) }
            }
        } onCancel: {
            if let id = number.withLock({ $0 }) { symbols.cancel(id) }
        }
        try Task.checkCancellation()
        return try Self.read(answer, of: request)
    }

    private static func read(_ bytes: [UInt8], of request: APIRequest) throws(APIError) -> APIAnswer {
        let json = try? JSONValue(parsing: bytes)
        guard let status = json?["status"]?.integer, let body = json?["body"]?.string else {
            let url = request.url.prefix { $0 != "?" }
            throw APIError(
                .unreachable, "\(request.method) \(url) has no answer: \(json?["error"]?.string ?? "no reason given")",
                remedy: "Look at API_CLIENT_BASE_URL and at this machine's connection.")
        }
        return APIAnswer(status: Int(status), body: body)
    }

    private func symbols() throws(APIError) -> Symbols {
        try loaded.withLock { loaded throws(APIError) in
            if let loaded { return loaded }
            let symbols = try load()
            loaded = symbols
            return symbols
        }
    }

    private func load() throws(APIError) -> Symbols {
        guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL),
            let send = unsafe dlsym(handle, "api_transport_send"),
            let cancel = unsafe dlsym(handle, "api_transport_cancel")
        else {
            let reason = unsafe dlerror().map { unsafe String(cString: $0) }
            throw APIError(.unreachable, "\(path) cannot be loaded: \(reason ?? "no reason given")")
        }
        return unsafe Symbols(
            send: unsafeBitCast(send, to: Send.self), cancel: unsafeBitCast(cancel, to: Cancel.self))
    }
}

/// A task that waits for an answer.
private final class PendingAnswer: Sendable {
    let continuation: CheckedContinuation<[UInt8], Never>

    init(_ continuation: CheckedContinuation<[UInt8], Never>) {
        self.continuation = continuation
    }
}

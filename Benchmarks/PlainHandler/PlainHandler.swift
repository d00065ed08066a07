import Hummingbird
import Logging

/// The yardstick of `make bench`: an ordinary Hummingbird handler that reads the body and returns what `greet`
/// returns.
///
/// Usage: `plain-handler PORT`
@main
struct PlainHandler {
    static func main() async throws {
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8190
        let router = Router()
        router.post("/") { request, _ in
            let body = try await request.body.collect(upTo: 1 << 20)
            precondition(body.readableBytes > 0)
            return Response(
                status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: #""Greetings Ada, my username is user!""#)))
        }
        var application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)))
        application.logger.logLevel = .error
        try await application.runService()
    }
}

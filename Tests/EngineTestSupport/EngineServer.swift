package import Engine
import Ingress
package import Surfaces

/// A server in front of an engine, for as long as a test needs it.
package enum EngineServer {
    /// Runs a server on a free port while the body runs.
    package static func run(
        _ engine: Engine, _ surfaces: [any Surface], _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        let server = try await IngressServer(
            engine: engine, requestGuard: RequestGuard(), surfaces: surfaces, address: "127.0.0.1", port: 0
        ) { port.yield($0) }
        async let serving: Void = server.run { for await _ in stops {} }
        defer { stop.finish() }
        for await number in ports {
            try await body(number)
            break
        }
        stop.finish()
        try await serving
    }
}

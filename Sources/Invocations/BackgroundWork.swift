package import Failures
package import NIOCore
import NIOPosix

/// Work that takes too long for the event loop. It is done on other threads, which the whole process shares.
package enum BackgroundWork {
    /// The length up to which JSON is parsed and rendered on the event loop, in bytes.
    package static let quickLength = 64 << 10

    /// Computes a value on another thread.
    package static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        try await NIOThreadPool.singleton.compute(body)
    }

    /// Computes a value on another thread.
    ///
    /// - Returns: a future with the value, which completes on the event loop.
    package static func run<Value: Sendable>(
        for eventLoop: any EventLoop, _ body: @escaping @Sendable () -> Value
    ) -> EventLoopFuture<Value> {
        NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) { body() }
    }
}

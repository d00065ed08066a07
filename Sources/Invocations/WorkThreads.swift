package import Failures
package import NIOCore
import NIOPosix

/// Threads for work of one kind that may block for long. They end with this object.
package final class WorkThreads: Sendable {
    private let threads: NIOThreadPool

    package init(_ count: Int) {
        threads = NIOThreadPool(numberOfThreads: count)
        threads.start()
    }

    deinit {
        threads.shutdownGracefully { _ in }
    }

    /// Computes a value on one of the threads.
    package func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        try await threads.compute(body)
    }

    /// Computes a value on one of the threads.
    ///
    /// - Returns: a future with the value, which completes on the event loop.
    package func run<Value: Sendable>(
        for eventLoop: any EventLoop, _ body: @escaping @Sendable () -> Value
    ) -> EventLoopFuture<Value> {
        threads.runIfActive(eventLoop: eventLoop) { body() }
    }
}

extension NIOThreadPool {
    /// Computes a value on one of the threads.
    func compute<Value: Sendable>(
        _ body: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        do {
            return try await runIfActive { try body() }
        } catch {
            throw error as? Failure ?? Failure(.internalError, "\(error)")
        }
    }
}

import Failures
import Glibc
import NIOCore
import NIOPosix

/// The threads that wait for the ends of worker processes, each of which may take two seconds.
package final class Reaper: Sendable {
    private let threads = NIOThreadPool(numberOfThreads: 2)

    package init() {
        threads.start()
    }

    deinit {
        threads.shutdownGracefully { _ in }
    }

    /// Waits for the end of a process on another thread.
    ///
    /// - Returns: a future with the value that `body` returns.
    func run<Value: Sendable>(
        for eventLoop: any EventLoop, _ body: @escaping @Sendable () -> Value
    ) -> EventLoopFuture<Value> {
        threads.runIfActive(eventLoop: eventLoop) { body() }
    }
}

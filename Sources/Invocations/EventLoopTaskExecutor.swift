package import NIOCore

/// An executor that runs tasks on an event loop.
package final class EventLoopTaskExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    package init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        eventLoop.execute { unsafe unowned.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

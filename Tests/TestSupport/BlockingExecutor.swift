import Dispatch
import Foundation
import Synchronization

/// An executor that runs each job of a task on a thread that nothing else needs in the meantime, so that a test may
/// block.
///
/// Swift has only as many threads of its own as there are processors, so two tests that wait for a process could hold
/// up all others.
final class BlockingExecutor: TaskExecutor {
    static let shared = BlockingExecutor()

    private struct Worker {
        let wake = DispatchSemaphore(value: 0)
        let job = Mailbox()
    }

    private final class Mailbox: Sendable {
        private let stored = Mutex<UnownedJob?>(nil)

        func put(_ job: UnownedJob) { stored.withLock { $0 = job } }

        func take() -> UnownedJob? {
            stored.withLock { job in
                defer { job = nil }
                return job
            }
        }
    }

    /// The threads without a job, which wait for one and never end.
    private let idle = Mutex<[Worker]>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let worker = idle.withLock { $0.popLast() } ?? start()
        worker.job.put(job)
        worker.wake.signal()
    }

    private func start() -> Worker {
        let worker = Worker()
        Thread.detachNewThread { [self] in
            while true {
                worker.wake.wait()
                worker.job.take()?.runSynchronously(on: asUnownedTaskExecutor())
                idle.withLock { $0.append(worker) }
            }
        }
        return worker
    }
}

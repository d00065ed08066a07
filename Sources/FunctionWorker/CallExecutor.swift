import Glibc
import Synchronization

/// An executor that runs the jobs of a call's task on the thread that waits for the call.
///
/// The default executor would cost three thread switches per call.
@safe final class CallExecutor: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    /// The semaphore that counts the jobs. It is created once and never destroyed, because the executor lives as long
    /// as its process.
    nonisolated(unsafe) private let available: UnsafeMutablePointer<sem_t>

    init() {
        unsafe available = .allocate(capacity: 1)
        unsafe available.initialize(to: sem_t())
        unsafe sem_init(available, 0, 0)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        jobs.withLock { $0.append(unowned) }
        unsafe sem_post(available)
    }

    /// Runs jobs until the condition holds. One of the jobs must make it hold.
    func runJobs(until isDone: () -> Bool) {
        while !isDone() {
            guard unsafe sem_wait(available) == 0 else { continue }
            let job = jobs.withLock { $0.removeFirst() }
            unsafe job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}

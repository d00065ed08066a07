@unsafe @preconcurrency import Glibc
import RunningProcesses
import WorkerProtocol

/// The process of this worker, with the settings that are made once before the plugin is loaded.
enum WorkerProcess {
    /// `SCHED_BATCH` of sched(7), which glibc declares only under _GNU_SOURCE.
    private static let batchScheduling: Int32 = 3

    /// Sets scheduling, signals, descriptors and buffering.
    static func prepare() {
        _ = hasItsOutput
        // Batch scheduling lets the emulator finish its turn before the worker that it woke takes the processor.
        var parameters = sched_param()
        unsafe _ = sched_setscheduler(0, batchScheduling, &parameters)
        // A function that writes to a closed socket gets an error, not a signal.
        _ = signal(SIGPIPE, SIG_IGN)
        // Processes that the function starts must not keep the pipes open.
        for descriptor in [WorkerDescriptor.calls, WorkerDescriptor.results, WorkerDescriptor.control] {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        // A process that a function forks must not write as if it were the worker.
        _ = pthread_atfork(nil, nil) {
            for descriptor in [WorkerDescriptor.calls, WorkerDescriptor.results, WorkerDescriptor.control] {
                close(descriptor)
            }
        }
        // With a pipe's default buffering, output before a crash would be lost.
        unsafe _ = setvbuf(stdout, nil, _IOLBF, 0)
    }

    /// Whether stdout and stderr are the same as at the start. A function may have closed or replaced them.
    static var hasItsOutput: Bool { outputs() == outputsAtStart }
    private static let outputsAtStart = outputs()

    /// Returns the identities of the files that stdout and stderr refer to.
    private static func outputs() -> [UInt] {
        [STDOUT_FILENO, STDERR_FILENO].map { descriptor in
            var status = stat()
            return unsafe fstat(descriptor, &status) == 0 ? status.st_ino : 0
        }
    }

    /// Writes out everything that the function has printed so far.
    static func flushOutput() {
        _ = fflush(nil)
    }

    /// Ends this process and the processes that its functions started in its session.
    static func end() -> Never {
        ProcessSession(id: getpid()).kill()
        _exit(0)
    }
}

/// Returns a variable of this process's environment, or nil if it is not set.
func environmentVariable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
}

/// Gives the calling thread a separate stack for signal handlers.
///
/// Without it, the runtime could not report a stack overflow. The stack lives as long as the process.
func useAlternateSignalStack() {
    let size = 256 * 1024
    var stack = unsafe stack_t()
    unsafe stack.ss_sp = malloc(size)
    unsafe stack.ss_size = size
    unsafe _ = sigaltstack(&stack, nil)
}

/// Runs a body on a new thread with the default stack size.
///
/// - Returns: the thread, or nil if the system does not create one.
func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    let box = unsafe Unmanaged.passRetained(ThreadBody(body))
    var thread = pthread_t()
    let result = unsafe pthread_create(
        &thread, nil,
        { argument in
            guard let argument = unsafe argument else { return nil }
            unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().body()
            return nil
        }, box.toOpaque())
    guard result == 0 else {
        unsafe box.release()
        return nil
    }
    return thread
}

private final class ThreadBody: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}

@unsafe @preconcurrency import Glibc
import RunningProcesses
import WorkerProtocol

/// This process: what is set once before the plugin is loaded.
enum WorkerProcess {
    /// `SCHED_BATCH` of sched(7), which glibc declares only under _GNU_SOURCE.
    private static let batchScheduling: Int32 = 3

    /// Sets scheduling, signals, descriptors and buffering.
    static func prepare() {
        _ = hasItsOutput
        // Batch scheduling lets the ingress finish its turn before the worker that it woke takes the processor.
        var parameters = sched_param()
        unsafe _ = sched_setscheduler(0, batchScheduling, &parameters)
        // A function that writes to a closed socket gets an error, not a signal.
        _ = signal(SIGPIPE, SIG_IGN)
        // What the function starts must not keep the pipes open.
        for descriptor in [WorkerDescriptor.calls, WorkerDescriptor.results, WorkerDescriptor.control] {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        // A pipe would lose what was printed before a crash.
        unsafe _ = setvbuf(stdout, nil, _IOLBF, 0)
    }

    /// Whether stdout and stderr are what they were at the start; a function may have closed or replaced them.
    static var hasItsOutput: Bool { outputs() == outputsAtStart }
    private static let outputsAtStart = outputs()

    /// The identities of the files that stdout and stderr are.
    private static func outputs() -> [UInt] {
        [STDOUT_FILENO, STDERR_FILENO].map { descriptor in
            var status = stat()
            return unsafe fstat(descriptor, &status) == 0 ? status.st_ino : 0
        }
    }

    /// Writes out what the function printed so far.
    static func flushOutput() {
        _ = fflush(nil)
    }

    /// Ends this process and what its functions started in its session.
    static func end() -> Never {
        ProcessSession(id: getpid()).kill()
        _exit(0)
    }
}

/// A variable of this process's environment.
func environmentVariable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
}

/// Gives the thread that calls a stack for signal handlers of its own, without which the runtime could report no stack overflow. It
/// lives as long as the process.
func useAlternateSignalStack() {
    let size = 256 * 1024
    var stack = unsafe stack_t()
    unsafe stack.ss_sp = malloc(size)
    unsafe stack.ss_size = size
    unsafe _ = sigaltstack(&stack, nil)
}

/// Runs a body on a new thread of the default stack size.
///
/// - Returns: nil when the system refuses the thread.
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

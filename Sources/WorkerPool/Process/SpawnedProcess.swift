import CSpawn
import Failures
import Glibc
import WorkerProtocol

/// A worker's process right after its start, with the emulator's ends of its pipes.
///
/// The caller owns the descriptors and must reap the process.
struct SpawnedProcess {
    let pid: pid_t
    /// The write end of the pipe for calls to the worker.
    let calls: CInt
    /// The read end of the pipe for results from the worker.
    let results: CInt
    /// The write end of the pipe for control messages. Closing it ends the worker.
    let control: CInt
    /// The read ends of the pipes for the worker's output.
    let output: CInt
    let errors: CInt
    /// The lowest descriptor for the ends of pipes. It is above a worker's own descriptors, so that no end is
    /// overwritten while the ends are put in place.
    static let lowestDescriptor: CInt = 64

    /// Starts a process in a session of its own. The process inherits nothing but its pipes.
    ///
    /// - Throws: ``Failure`` with the code `worker-unavailable` if the system refuses.
    init(executable: String, arguments: [String], environment: [String: String]) throws(Failure) {
        let calls = try Pipe()
        let results = try Pipe()
        let control = try Pipe()
        let output = try Pipe()
        let errors = try Pipe()

        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        for (source, target) in [
            (output.write, STDOUT_FILENO), (errors.write, STDERR_FILENO), (calls.read, WorkerDescriptor.calls),
            (results.write, WorkerDescriptor.results), (control.read, WorkerDescriptor.control),
        ] {
            unsafe posix_spawn_file_actions_adddup2(&actions, source, target)
        }
        unsafe posix_spawn_file_actions_addclosefrom_np(&actions, WorkerDescriptor.control + 1)

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var allSignals = sigset_t()
        unsafe sigfillset(&allSignals)
        var noSignals = sigset_t()
        unsafe sigemptyset(&noSignals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &allSignals)
        unsafe posix_spawnattr_setsigmask(&attributes, &noSignals)
        unsafe posix_spawnattr_setflags(
            &attributes, spawn_in_new_session | Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        var pid = pid_t()
        let argumentPointers = unsafe CStrings([executable] + arguments)
        let environmentPointers = unsafe CStrings(environment.map { "\($0)=\($1)" })
        let result = unsafe posix_spawn(
            &pid, executable, &actions, &attributes, argumentPointers.pointers, environmentPointers.pointers)
        guard result == 0 else {
            throw Failure(
                .workerUnavailable, "A worker could not be started: \(unsafe String(cString: strerror(result)))",
                remedy: "The program is \(executable); build it anew with make build.")
        }
        self.pid = pid
        self.calls = calls.takeWrite()
        self.results = results.takeRead()
        self.control = control.takeWrite()
        // The event loop writes control messages, and a stopped worker must not block it.
        _ = fcntl(self.control, F_SETFL, O_NONBLOCK)
        self.output = output.takeRead()
        self.errors = errors.takeRead()
    }
}

/// A pipe that closes the ends that were not taken.
private final class Pipe {
    private(set) var read: CInt
    private(set) var write: CInt

    init() throws(Failure) {
        var ends: [CInt] = [-1, -1]
        read = -1
        write = -1
        guard unsafe pipe2(&ends, O_CLOEXEC) == 0 else { throw Self.failure() }
        for index in ends.indices {
            let raised = fcntl(ends[index], F_DUPFD_CLOEXEC, SpawnedProcess.lowestDescriptor)
            close(ends[index])
            ends[index] = raised
        }
        read = ends[0]
        write = ends[1]
        guard read >= 0, write >= 0 else { throw Self.failure() }
    }

    deinit {
        if read >= 0 { close(read) }
        if write >= 0 { close(write) }
    }

    func takeRead() -> CInt {
        defer { read = -1 }
        return read
    }

    func takeWrite() -> CInt {
        defer { write = -1 }
        return write
    }

    private static func failure() -> Failure {
        Failure(
            .workerUnavailable, "No pipe for a worker could be made: \(unsafe String(cString: strerror(errno)))",
            remedy: "Raise the limit of open files: ulimit -n 4096.")
    }
}

/// A null-terminated array of C strings that lives as long as this object.
@unsafe private final class CStrings {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ strings: [String]) {
        unsafe count = strings.count
        unsafe pointers = .allocate(capacity: count + 1)
        for (index, string) in strings.enumerated() { unsafe (pointers + index).initialize(to: strdup(string)) }
        unsafe (pointers + count).initialize(to: nil)
    }

    deinit {
        for index in unsafe 0..<count { unsafe free(pointers[index]) }
        unsafe pointers.deallocate()
    }
}

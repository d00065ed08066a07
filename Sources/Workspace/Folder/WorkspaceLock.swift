import Failures
import Glibc

/// A lock that gives one emulator at a time the use of a workspace's `.workspace` folder.
struct WorkspaceLock: ~Copyable {
    private let descriptor: CInt

    /// Takes the lock, which is released with this value or with the process.
    ///
    /// - Throws: ``Failure``, which names the process that holds the lock.
    init(file: String) throws(Failure) {
        descriptor = unsafe open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Failure(.cannotRun, "\(file) cannot be written: \(unsafe String(cString: strerror(errno)))")
        }
        guard Self.take(descriptor) else {
            var text = [UInt8](repeating: 0, count: 32)
            let count = unsafe read(descriptor, &text, text.count)
            let holder = String(decoding: text.prefix(max(0, count)), as: UTF8.self)
            close(descriptor)
            throw Failure(
                .cannotRun, "Another emulator runs this workspace already (process \(holder))",
                remedy: "Use that one, stop it with kill \(holder), or run another copy of the workspace.")
        }
        ftruncate(descriptor, 0)
        let pid = Array("\(getpid())".utf8)
        unsafe _ = pwrite(descriptor, pid, pid.count, 0)
    }

    /// Takes the lock. Tries several times, because a caller of ``isHeld(file:)`` may hold it for a moment.
    private static func take(_ descriptor: CInt) -> Bool {
        for _ in 0..<10 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            usleep(10_000)
        }
        return false
    }

    /// Returns whether an emulator holds the lock.
    static func isHeld(file: String) -> Bool {
        let descriptor = unsafe open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    deinit {
        ftruncate(descriptor, 0)
        close(descriptor)
    }
}

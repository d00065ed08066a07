import FoundationEssentials
import Glibc
package import Logging
package import NIOCore
import NIOPosix
import Synchronization

/// The control groups that limit the memory of workers, in a folder of this process.
package final class MemoryGroups: Sendable {
    let folder: String
    /// The kernel may take ten milliseconds to move a process, and longer to lower a limit: no work for the event loop.
    let threads = NIOThreadPool(numberOfThreads: 2)
    /// Groups of workers that have ended, in which something still runs.
    private let left = Mutex<[String]>([])

    /// Makes the folder and tries a group in it; nil when anything is refused.
    package init?(in place: MemoryGroupPlace?, logger: Logger) {
        guard let place else {
            logger.debug("There is no place for control groups of memory")
            return nil
        }
        folder = Self.folder(in: place)
        Self.removeLeft(in: place.folder)
        let probe = "\(folder)/probe"
        guard place.isDelegated, unsafe mkdir(folder, 0o755) == 0,
            Self.write("+memory", to: "\(folder)/cgroup.subtree_control"), unsafe mkdir(probe, 0o755) == 0,
            Self.write("\(1 << 30)", to: "\(probe)/memory.max"), Self.write("1", to: "\(probe)/memory.oom.group")
        else {
            let reason = unsafe String(cString: strerror(errno))
            logger.debug("No control groups of memory", metadata: ["folder": "\(folder)", "error": "\(reason)"])
            Self.remove(folder)
            return nil
        }
        unsafe _ = rmdir(probe)
        threads.start()
    }

    package static func folder(in place: MemoryGroupPlace) -> String { "\(place.folder)/workspace-\(getpid())" }

    /// Removes the group of a worker that was reaped. What still runs in it is waited for a little, then until the next removal. Blocks.
    func remove(_ group: String) {
        var groups = left.withLock { left in
            defer { left = [] }
            return left + [group]
        }
        for attempt in 0..<20 {
            if attempt > 0 { usleep(5_000) }
            groups.removeAll { unsafe rmdir($0) == 0 || errno != EBUSY }
            if groups.isEmpty { return }
        }
        left.withLock { $0 += groups }
    }

    /// Removes everything, when no worker is left. What runs on in a group is ended after this process, and its group removed then.
    package func close(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        threads.runIfActive(eventLoop: eventLoop) { [folder, threads] in
            for attempt in 0..<20 {
                if attempt > 0 { usleep(5_000) }
                if Self.remove(folder) { break }
            }
            threads.shutdownGracefully { _ in }
        }
    }

    /// Removes what emulators left that were killed.
    private static func removeLeft(in place: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? [] {
            guard name.hasPrefix("workspace-"), let pid = pid_t(name.dropFirst(10)) else { continue }
            if pid == getpid() || (kill(pid, 0) != 0 && errno == ESRCH) { remove("\(place)/\(name)") }
        }
    }

    @discardableResult
    private static func remove(_ folder: String) -> Bool {
        // The kernel's files go with their folder.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            unsafe _ = rmdir("\(folder)/\(name)")
        }
        return unsafe rmdir(folder) == 0
    }

    /// - Returns: whether there is such a file and it takes the text.
    @discardableResult
    static func write(_ text: String, to path: String) -> Bool {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { return false }
        defer { _ = Glibc.close(file) }
        let bytes = Array(text.utf8)
        return unsafe bytes.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) } == bytes.count
    }
}

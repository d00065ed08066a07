import FoundationEssentials
import Glibc
package import Logging
package import NIOCore
import NIOPosix
import Synchronization

/// The control groups that limit the memory of workers, in a folder that belongs to this process.
package final class MemoryGroups: Sendable {
    let folder: String
    /// Threads that write the kernel's files. Moving a process may take ten milliseconds, and lowering a limit
    /// longer, which would block the event loop.
    let threads = NIOThreadPool(numberOfThreads: 2)
    /// The groups of ended workers in which other processes still run.
    private let left = Mutex<[String]>([])

    /// Creates the folder and tests it with a group, or returns nil if the system does not permit this.
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

    /// Removes the group of a worker that was reaped. If processes still run in it, waits a short time for them, and
    /// then leaves the group to the next removal. Blocks.
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

    /// Removes all groups. No worker may be left. Processes that still run in a group are ended after this process, and
    /// their groups are removed then.
    package func close(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        threads.runIfActive(eventLoop: eventLoop) { [folder, threads] in
            for attempt in 0..<20 {
                if attempt > 0 { usleep(5_000) }
                if Self.remove(folder) { break }
            }
            threads.shutdownGracefully { _ in }
        }
    }

    /// Removes the groups left by emulators that were killed.
    private static func removeLeft(in place: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? [] {
            guard name.hasPrefix("workspace-"), let pid = pid_t(name.dropFirst(10)) else { continue }
            if pid == getpid() || (kill(pid, 0) != 0 && errno == ESRCH) { remove("\(place)/\(name)") }
        }
    }

    @discardableResult
    private static func remove(_ folder: String) -> Bool {
        // The kernel removes its files together with their folder.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            unsafe _ = rmdir("\(folder)/\(name)")
        }
        return unsafe rmdir(folder) == 0
    }

    /// Writes text to a file.
    ///
    /// - Returns: whether the file could be opened and took the text.
    @discardableResult
    static func write(_ text: String, to path: String) -> Bool {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { return false }
        defer { _ = Glibc.close(file) }
        let bytes = Array(text.utf8)
        return unsafe bytes.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) } == bytes.count
    }
}

import FoundationEssentials
import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// The control group of one worker. It limits the memory of the worker's process and of the processes that it starts,
/// as a sum, including files in memory.
final class MemoryGroup: Sendable {
    private let groups: MemoryGroups
    private let pid: pid_t
    private let folder: String
    /// The latest limit, in bytes.
    private let wanted: Atomic<Int>
    /// The descriptor of `memory.events`, which reports whether the kernel ended processes; -1 until the group exists.
    private let eventsFile = Atomic<CInt>(-1)

    /// - Parameter limit: the limit of the whole group, in bytes.
    init(of pid: pid_t, limit: Int, in groups: MemoryGroups) {
        self.groups = groups
        self.pid = pid
        folder = "\(groups.folder)/\(pid)"
        wanted = Atomic(limit)
    }

    deinit {
        let file = eventsFile.load(ordering: .relaxed)
        if file >= 0 { close(file) }
    }

    /// Creates the group and moves the process into it. The process must not be reaped before this is done.
    ///
    /// - Returns: a future that succeeds when this is done, even if the system does not permit it.
    func start(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        groups.threads.runIfActive(eventLoop: eventLoop) { [self] in
            unsafe _ = mkdir(folder, 0o755)
            // The kernel ends all of the group's processes together.
            MemoryGroups.write("1", to: "\(folder)/memory.oom.group")
            // Swapping must not let a group use more than its limit.
            MemoryGroups.write("0", to: "\(folder)/memory.swap.max")
            writeLimit()
            MemoryGroups.write("\(pid)", to: "\(folder)/cgroup.procs")
            let file = unsafe open("\(folder)/memory.events", O_RDONLY | O_CLOEXEC)
            eventsFile.store(file, ordering: .relaxed)
        }.recover { _ in }
    }

    /// Sets the limit of the whole group.
    ///
    /// - Parameter bytes: the limit in bytes.
    func limit(_ bytes: Int) {
        if wanted.exchange(bytes, ordering: .sequentiallyConsistent) < bytes { return writeLimit() }
        // Lowering the limit may block while the kernel reclaims memory.
        groups.threads.submit { [self] _ in writeLimit() }
    }

    private func writeLimit() {
        var written: Int
        repeat {
            written = wanted.load(ordering: .sequentiallyConsistent)
            MemoryGroups.write("\(written)", to: "\(folder)/memory.max")
        } while wanted.load(ordering: .sequentiallyConsistent) != written
    }

    /// Whether the kernel ended the group's processes because they used more than the limit. When memory is short
    /// elsewhere, the kernel ends these processes first as well, but then the group has not reached its limit.
    var wasEnded: Bool {
        let file = eventsFile.load(ordering: .relaxed)
        guard file >= 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: 256)
        guard unsafe pread(file, &bytes, 256, 0) > 0 else { return false }
        return Self.number("oom_kill", in: bytes) > 0 && Self.number("oom", in: bytes) > 0
    }

    /// Removes the group in the background. The process must have been reaped.
    func remove() {
        groups.threads.submit { [groups, folder] _ in groups.remove(folder) }
    }

    /// Returns the number after a word in lines such as `oom_kill 2`, or 0 if there is none.
    private static func number(_ name: String, in lines: [UInt8]) -> Int {
        for line in lines.split(separator: UInt8(ascii: "\n")) where line.starts(with: name.utf8) {
            let rest = line.dropFirst(name.utf8.count)
            if rest.first == UInt8(ascii: " ") { return Int(String(decoding: rest.dropFirst(), as: UTF8.self)) ?? 0 }
        }
        return 0
    }
}

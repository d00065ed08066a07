import FoundationEssentials
import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// The control group of one worker: what its process and those that it starts use counts together, files in memory included.
final class MemoryGroup: Sendable {
    private let groups: MemoryGroups
    private let pid: pid_t
    private let folder: String
    /// In bytes.
    private let wanted: Atomic<Int>
    /// `memory.events`, which tells whether the kernel ended processes; -1 before the group is there.
    private let eventsFile = Atomic<CInt>(-1)

    /// - Parameter limit: in bytes.
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

    /// Makes the group and moves the process into it, which must not be reaped before.
    ///
    /// - Returns: succeeds when that is done, and also when it is refused.
    func start(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        groups.threads.runIfActive(eventLoop: eventLoop) { [self] in
            unsafe _ = mkdir(folder, 0o755)
            // All of the group's processes are ended together.
            MemoryGroups.write("1", to: "\(folder)/memory.oom.group")
            // What is swapped out must not count as little.
            MemoryGroups.write("0", to: "\(folder)/memory.swap.max")
            writeLimit()
            MemoryGroups.write("\(pid)", to: "\(folder)/cgroup.procs")
            let file = unsafe open("\(folder)/memory.events", O_RDONLY | O_CLOEXEC)
            eventsFile.store(file, ordering: .relaxed)
        }.recover { _ in }
    }

    /// - Parameter bytes: for the group as a whole.
    func limit(_ bytes: Int) {
        if wanted.exchange(bytes, ordering: .sequentiallyConsistent) < bytes { return writeLimit() }
        // For a lower one the kernel makes room.
        groups.threads.submit { [self] _ in writeLimit() }
    }

    private func writeLimit() {
        var written: Int
        repeat {
            written = wanted.load(ordering: .sequentiallyConsistent)
            MemoryGroups.write("\(written)", to: "\(folder)/memory.max")
        } while wanted.load(ordering: .sequentiallyConsistent) != written
    }

    /// Whether the kernel ended its processes because they used more than the limit. They are ended first when memory is short elsewhere,
    /// too; then the group was not at its limit.
    var wasEnded: Bool {
        let file = eventsFile.load(ordering: .relaxed)
        guard file >= 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: 256)
        guard unsafe pread(file, &bytes, 256, 0) > 0 else { return false }
        return Self.number("oom_kill", in: bytes) > 0 && Self.number("oom", in: bytes) > 0
    }

    /// Removes the group once the process was reaped. Does not wait.
    func remove() {
        groups.threads.submit { [groups, folder] _ in groups.remove(folder) }
    }

    /// The number after a word in lines such as `oom_kill 2`; 0 when there is none.
    private static func number(_ name: String, in lines: [UInt8]) -> Int {
        for line in lines.split(separator: UInt8(ascii: "\n")) where line.starts(with: name.utf8) {
            let rest = line.dropFirst(name.utf8.count)
            if rest.first == UInt8(ascii: " ") { return Int(String(decoding: rest.dropFirst(), as: UTF8.self)) ?? 0 }
        }
        return 0
    }
}

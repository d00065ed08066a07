import CSpawn
import Failures
import FoundationEssentials
import FunctionContracts
import Glibc
import Invocations
import Values

extension WorkerLimits {
    /// The names of the means that keep workers within their memory: checking busy workers, the system's limit for
    /// data, the order in which the kernel ends processes when memory is short, and control groups where these are
    /// available.
    package static func memoryMeans(usesGroups: Bool) -> [String] {
        ["watch", "rlimit-data", "oom-score"] + (usesGroups ? ["cgroup"] : [])
    }
}

/// The memory of a worker, as far as it is known.
struct MemoryUse {
    /// The limit of the running call in bytes, or 0 before the first call.
    var limit = 0
    /// The resident memory in bytes, when it was last read.
    var lastResident = 0
    /// The number of calls since then.
    var callsSinceRead = 0
}

extension Worker {
    /// The amount of memory in data segments, in bytes, that a worker may have beyond its limit before the system
    /// refuses more. Memory that is mapped but not used counts as well.
    private static let margin = 512 << 20

    /// Sets the worker's limit. The system refuses memory far beyond it, which stops a process that grows faster than
    /// ``checkMemory()`` can notice.
    ///
    /// - Parameter limit: the limit in bytes, for resident memory and for everything that counts in the control group.
    func limitMemory(_ limit: Int) {
        guard limit != memory.limit else { return }
        memory.limit = limit
        _ = limit_data(pid, UInt(limit + Self.margin))
        group?.limit(limit)
    }

    /// Ends the running call if the process uses more resident memory than it may.
    func checkMemory() {
        guard let call = state.call, state.isRunning else { return }
        guard let resident = residentMemory else { return }
        memory.lastResident = resident
        guard resident > memory.limit else { return }
        ends(because: "memory")
        fail(memoryFailure(of: call, "used \(max(1, resident >> 20)) MB of memory"))
        kill()
    }

    /// Whether earlier calls have left so much memory in use that the next call would start close to the usual limit.
    /// The process's memory is read only after a call that used much of it, and otherwise once in a while, because
    /// reading costs ten microseconds.
    var keepsMuchMemory: Bool {
        let threshold = Self.keptAtMost(of: limits.memory)
        guard memory.lastResident > threshold || memory.callsSinceRead >= Self.callsBetweenLooks else { return false }
        memory.callsSinceRead = 0
        memory.lastResident = residentMemory ?? 0
        return memory.lastResident > threshold
    }

    /// Whether the worker must not run a call whose function has a limit of its own, because of the memory that
    /// earlier calls have left in use.
    func keepsMuchMemory(for call: ActiveInvocation) -> Bool {
        guard state.hasRun, let limit = call.function?.memory, limit < limits.memory else { return false }
        return residentMemory ?? 0 > Self.keptAtMost(of: limit)
    }

    private static let callsBetweenLooks = 50

    /// Returns the part of a limit that may be in use before a call begins. A worker that has run nothing uses about
    /// 30 MB.
    private static func keptAtMost(of limit: Int) -> Int { min(max(limit / 4 * 3, 48 << 20), limit) }

    /// Returns the failure of a call whose process the kernel ended. At that moment the group used as much as the
    /// limit permits.
    func groupFailure(of call: ActiveInvocation) -> Failure {
        memoryFailure(
            of: call, "used \(memory.limit >> 20) MB of memory, its child processes and files in memory included")
    }

    func memoryFailure(of call: ActiveInvocation, _ use: String) -> Failure {
        Failure(
            .memoryExceeded, "The function \(use); its limit is \(memory.limit >> 20) MB",
            remedy: call.function?.memory == nil
                ? "Use less, or raise FUNCTION_MEMORY_MB." : "Use less, or raise its own limit.",
            location: call.function?.place)
    }

    /// The process's resident memory in bytes, or nil if the process is gone.
    private var residentMemory: Int? {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/statm") else { return nil }
        let fields = String(decoding: data, as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? Int(fields[1]).map { $0 * Int(getpagesize()) } : nil
    }

    /// Makes the kernel end this worker before anything else when the machine runs out of memory.
    func preferForOutOfMemory() {
        let file = unsafe open("/proc/\(pid)/oom_score_adj", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        defer { _ = close(file) }
        unsafe _ = "1000".utf8CString.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, 4) }
    }
}

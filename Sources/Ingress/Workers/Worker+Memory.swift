import CSpawn
import FoundationEssentials
import Glibc
import InvocationProtocol
import Values

extension Worker {
    /// What keeps workers within their memory: looking at them while they are busy, the system's limit for data, and the order in which the
    /// kernel ends processes when memory is short.
    static let memoryMeans: JSONValue = ["watch", "rlimit-data", "oom-score"]

    /// What a worker may have in data segments beyond its limit before the system refuses it more; what it has mapped but not used counts
    /// there.
    private static let margin = 512 << 20

    /// Lets the system refuse memory far beyond the limit, for what grows quicker than ``checkMemory()`` looks.
    ///
    /// - Parameter limit: in bytes, of resident memory.
    func limitMemory(_ limit: Int) {
        guard limit != memoryLimit else { return }
        memoryLimit = limit
        _ = limit_data(pid, UInt(limit + Self.margin))
    }

    /// Ends the call that runs when its process has more resident memory than it may.
    func checkMemory() {
        guard let call = currentCall, let resident = residentMemory, resident > memoryLimit else { return }
        ends(because: "memory")
        fail(memoryFailure(of: call, used: resident))
        kill()
    }

    func memoryFailure(of call: WorkerCall, used: Int?) -> InvocationFailure {
        let use = used.map { "used \(max(1, $0 >> 20)) MB of memory" } ?? "was refused more memory"
        return InvocationFailure(
            .memoryExceeded, "The function \(use); its limit is \(memoryLimit >> 20) MB",
            remedy: call.function.memory == nil
                ? "Use less, or raise FUNCTION_MEMORY_MB." : "Use less, or raise its own limit.",
            location: call.function.place)
    }

    /// In bytes; nil when the process is gone.
    private var residentMemory: Int? {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/statm") else { return nil }
        let fields = String(decoding: data, as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? Int(fields[1]).map { $0 * Int(getpagesize()) } : nil
    }

    /// Lets the kernel take this worker before anything else when the machine runs out of memory.
    func preferForOutOfMemory() {
        let file = unsafe open("/proc/\(pid)/oom_score_adj", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        defer { _ = close(file) }
        unsafe _ = "1000".utf8CString.withUnsafeBytes { unsafe write(file, $0.baseAddress, 4) }
    }
}

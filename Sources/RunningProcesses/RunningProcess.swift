import FoundationEssentials
package import Glibc

/// A process that has not ended, as `/proc/<id>/stat` describes it (see proc_pid_stat(5)).
package struct RunningProcess: Sendable {
    package var id: pid_t
    package var session: pid_t
    /// The executable's name, of which at most 15 bytes are kept.
    package var name: String

    /// Every process on this machine that has not ended.
    package static var all: [RunningProcess] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { pid_t($0) }.compactMap(RunningProcess.init)
    }

    /// Creates a description of the process with the given id, or nil if there is none or it has ended.
    package init?(id: pid_t) {
        guard let line = FileManager.default.contents(atPath: "/proc/\(id)/stat"),
            // The name before the last parenthesis may contain any character.
            let start = line.firstIndex(of: UInt8(ascii: "(")), let end = line.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = String(decoding: line[(end + 1)...], as: UTF8.self).split(separator: " ")
        guard fields.count > 3, fields[0] != "Z", fields[0] != "X", let session = pid_t(fields[3]) else { return nil }
        self.id = id
        self.session = session
        name = String(decoding: line[(start + 1)..<end], as: UTF8.self)
    }

    /// Whether the process's working folder is the given folder or lies in it.
    package func works(in folder: String) -> Bool {
        guard let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/cwd") else {
            return false
        }
        return place == folder || place.hasPrefix(folder + "/")
    }
}

import FoundationEssentials

/// Where control groups of memory can be made (see cgroups(7)), and what their files are called there.
struct MemoryGroupPlace: Equatable {
    let folder: String
    /// Whether it is of the second version of control groups.
    let isUnified: Bool

    var limitFile: String { isUnified ? "memory.max" : "memory.limit_in_bytes" }
    var killsFile: String { isUnified ? "memory.events" : "memory.oom_control" }

    /// The place for this process.
    static var own: Self? {
        let files = ["/proc/self/cgroup", "/proc/self/mountinfo"].compactMap(FileManager.default.contents(atPath:))
        return files.count == 2
            ? Self(groups: String(decoding: files[0], as: UTF8.self), mounts: String(decoding: files[1], as: UTF8.self))
            : nil
    }

    /// - Parameters:
    ///   - groups: what `/proc/self/cgroup` says.
    ///   - mounts: what `/proc/self/mountinfo` says.
    init?(groups: String, mounts: String) {
        let groups = groups.split(separator: "\n").map {
            $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        }.filter { $0.count == 3 }
        let isOfMemory: (Substring) -> Bool = { $0.split(separator: ",").contains("memory") }
        for mount in mounts.split(separator: "\n").map({ $0.split(separator: " ") }) {
            guard let dash = mount.firstIndex(of: "-"), dash > 4, mount.count > dash + 3 else { continue }
            let isUnified = mount[dash + 1] == "cgroup2"
            guard isUnified || (mount[dash + 1] == "cgroup" && isOfMemory(mount[dash + 3])),
                // A system that has both has memory in the first version, or else does not name it there.
                isUnified != groups.contains(where: { isOfMemory($0[1]) }),
                let own = groups.first(where: { isUnified ? $0[0] == "0" : isOfMemory($0[1]) })?[2]
            else { continue }
            let root = mount[3] == "/" ? "" : mount[3]
            let path = own == "/" ? "" : own
            guard path == root || path.hasPrefix(root + "/"), !path.contains("/..") else { continue }
            var below = path.dropFirst(root.count)
            // Processes may not be in a group whose children have controllers: so it is beside ours, not in it.
            if isUnified, let end = below.lastIndex(of: "/") { below = below[..<end] }
            self.folder = String(mount[4] + below)
            self.isUnified = isUnified
            return
        }
        return nil
    }

    /// Whether groups made there have a limit of memory.
    var isDelegated: Bool {
        guard isUnified else { return true }
        let controllers = FileManager.default.contents(atPath: "\(folder)/cgroup.subtree_control") ?? Data()
        return String(decoding: controllers, as: UTF8.self).split(whereSeparator: \.isWhitespace).contains("memory")
    }
}

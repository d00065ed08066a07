import FoundationEssentials

/// A folder in which control groups of version 2 can be created to limit memory; see cgroups(7).
package struct MemoryGroupPlace: Equatable {
    let folder: String

    /// The place for this process.
    package static var own: Self? {
        let files = ["/proc/self/cgroup", "/proc/self/mountinfo"].compactMap(FileManager.default.contents(atPath:))
        return files.count == 2
            ? Self(groups: String(decoding: files[0], as: UTF8.self), mounts: String(decoding: files[1], as: UTF8.self))
            : nil
    }

    /// Creates the place beside the group of a process. It is not inside that group, because a group whose children
    /// have controllers must not contain processes.
    ///
    /// - Parameters:
    ///   - groups: the contents of `/proc/self/cgroup`.
    ///   - mounts: the contents of `/proc/self/mountinfo`.
    init?(groups: String, mounts: String) {
        guard let line = groups.split(separator: "\n").first(where: { $0.hasPrefix("0::/") }) else { return nil }
        let own = line.dropFirst(3) == "/" ? "" : line.dropFirst(3)
        for mount in mounts.split(separator: "\n").map({ $0.split(separator: " ") }) {
            guard let dash = mount.firstIndex(of: "-"), dash > 4, mount.count > dash + 1, mount[dash + 1] == "cgroup2"
            else { continue }
            let root = mount[3] == "/" ? "" : mount[3]
            guard own == root || own.hasPrefix(root + "/"), !own.contains("/..") else { continue }
            let below = own.dropFirst(root.count)
            folder = String(mount[4] + (below.lastIndex(of: "/").map { below[..<$0] } ?? below))
            return
        }
        return nil
    }

    /// Whether the kernel can limit the memory of groups that are created there.
    var isDelegated: Bool {
        let controllers = FileManager.default.contents(atPath: "\(folder)/cgroup.subtree_control") ?? Data()
        return String(decoding: controllers, as: UTF8.self).split(whereSeparator: \.isWhitespace).contains("memory")
    }
}

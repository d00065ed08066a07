/// The mounted file systems, read from the text of `/proc/self/mountinfo` (see `proc_pid_mountinfo(5)`).
struct MountTable: Sendable {
    private struct Mount {
        let point: String
        let type: String
    }

    private let mounts: [Mount]

    /// Creates a table from its text. Lines that are not understood are left out.
    init(parsing text: String) {
        mounts = text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard let separator = fields.firstIndex(of: "-"), separator > 4, separator + 1 < fields.count else {
                return nil
            }
            return Mount(point: Self.unescaped(fields[4]), type: String(fields[separator + 1]))
        }
    }

    /// Returns the table of this process, which is empty without `/proc`.
    static func current() -> Self { Self(parsing: TextFile.read("/proc/self/mountinfo") ?? "") }

    /// Returns the type (such as `ext4`) of the file system that holds a path without links, or nil if the table
    /// lacks it.
    func fileSystem(of realPath: String) -> String? {
        let holders = mounts.filter { $0.point == "/" || realPath == $0.point || realPath.hasPrefix($0.point + "/") }
        let longest = holders.map(\.point.utf8.count).max()
        // Of several mounts on one point, only the last one is visible.
        return holders.last { $0.point.utf8.count == longest }?.type
    }

    /// Whether inotify reports the changes that other machines make to a file system of the given type.
    static func deliversEvents(fileSystem type: String) -> Bool {
        !silent.contains(type) && !type.hasPrefix("fuse.")
    }

    /// The types of network file systems and of those shared between a virtual machine and its host.
    private static let silent: Set<String> = [
        "9p", "acfs", "afs", "beegfs", "ceph", "cifs", "coda", "drvfs", "fakeowner", "fuse", "gfs2", "gpfs", "hgfs",
        "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "osxfs", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs",
        "vmhgfs",
    ]

    /// Replaces the octal escapes of blanks and backslashes (`\040`).
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = field.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), let value = UInt8(String(Substring(rest.prefix(3))), radix: 8) {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

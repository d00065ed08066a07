import Glibc

/// The file system's data for a file, which shows whether the file was written or replaced.
struct FileStamp: Sendable, Hashable {
    /// The identity of a file in the file system, whatever its name.
    struct Identity: Sendable, Hashable {
        var device: UInt64
        var inode: UInt64
    }

    /// The kinds of files that matter to a build.
    enum Kind: Sendable, Hashable {
        case regular, folder, other
    }

    var kind: Kind
    var identity: Identity
    /// The size in bytes.
    var size: Int64
    var modifiedSeconds: Int
    var modifiedNanoseconds: Int
    /// The time of the last change to the contents, name or attributes, in nanoseconds since 1970. No program can set
    /// it back.
    var changedNanoseconds: Int

    /// Creates the stamp of the file at a path, following links, or returns nil if there is no such file.
    init?(path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Creates the stamp of an open file.
    init?(descriptor: CInt) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .folder
            default: .other
            }
        identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        size = Int64(status.st_size)
        modifiedSeconds = Int(status.st_mtim.tv_sec)
        modifiedNanoseconds = Int(status.st_mtim.tv_nsec)
        changedNanoseconds = Int(status.st_ctim.tv_sec) * 1_000_000_000 + Int(status.st_ctim.tv_nsec)
    }

    /// The time at which the contents were written, in nanoseconds since 1970.
    var modificationTime: Int { modifiedSeconds * 1_000_000_000 + modifiedNanoseconds }

    /// Returns a line that changes when the file at the path is written, replaced or removed.
    static func line(_ path: String) -> String {
        guard let stamp = FileStamp(path: path) else { return "\(path) missing" }
        return "\(path) \(stamp.size) \(stamp.modifiedSeconds).\(stamp.modifiedNanoseconds) \(stamp.identity.inode)"
    }
}

import Glibc

/// The data that `statx(2)` returns for a file. As far as it can show this, two equal stamps of one path mean
/// unchanged contents.
struct FileStamp: Equatable, Sendable {
    /// The kind of object that a path leads to.
    enum Kind: Equatable, Sendable { case file, folder, link, other }

    /// A time in seconds and nanoseconds since 1970.
    struct Time: Equatable, Sendable {
        var seconds: Int64 = 0
        var nanoseconds: UInt32 = 0
    }

    /// The identity of a file or folder. A new file may get the number of a deleted one.
    struct Identity: Hashable, Sendable {
        /// The file system's number, major and minor.
        var device: UInt64 = 0
        var inode: UInt64 = 0
    }

    var kind = Kind.file
    /// The size in bytes.
    var size: UInt64 = 0
    var identity = Identity()
    /// The time of creation, or zero if the file system keeps none. It distinguishes a new file from an old one with
    /// the same inode.
    var born = Time()
    /// The time of the last change to the contents, which programs can set.
    var modified = Time()
    /// The time of the last change to the contents or attributes, which programs cannot set.
    var changed = Time()

    /// Whether another stamp is of the same file or folder, whatever its contents.
    func isSameObject(as other: FileStamp) -> Bool {
        identity == other.identity && born == other.born
    }
}

extension FileStamp {
    /// Creates the stamp of the object at a path, or returns nil if there is none.
    ///
    /// If a network or host-shared file system would answer from its cache, its server is asked again.
    init?(path: String, following: Bool = true) {
        guard let statx = unsafe Self.statx else {
            fatalError("statx(2) is missing from the C library: glibc 2.28 or newer is needed.")
        }
        let flags = Self.forceSync | Self.noAutomount | (following ? 0 : AT_SYMLINK_NOFOLLOW)
        let stamp = unsafe withUnsafeTemporaryAllocation(byteCount: 256, alignment: 8) { buffer -> FileStamp? in
            guard let base = buffer.baseAddress else { return nil }
            while unsafe statx(AT_FDCWD, path, flags, Self.basicStatsAndBirth, base) != 0 {
                guard errno == EINTR else { return nil }
            }
            return unsafe FileStamp(layout: UnsafeRawPointer(base))
        }
        guard let stamp else { return nil }
        self = stamp
    }

    /// Reads the fields at their places in the kernel's `struct statx`.
    private init(layout base: UnsafeRawPointer) {
        func time(at offset: Int) -> Time {
            unsafe Time(
                seconds: base.load(fromByteOffset: offset, as: Int64.self),
                nanoseconds: base.load(fromByteOffset: offset + 8, as: UInt32.self))
        }
        kind =
            switch mode_t(unsafe base.load(fromByteOffset: 28, as: UInt16.self)) & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
        size = unsafe base.load(fromByteOffset: 40, as: UInt64.self)
        let hasBirth = unsafe base.load(as: UInt32.self) & 0x800 != 0
        born = hasBirth ? time(at: 80) : Time()
        changed = time(at: 96)
        modified = time(at: 112)
        let major = unsafe UInt64(base.load(fromByteOffset: 136, as: UInt32.self))
        let minor = unsafe UInt64(base.load(fromByteOffset: 140, as: UInt32.self))
        identity.device = major << 32 | minor
        identity.inode = unsafe base.load(fromByteOffset: 32, as: UInt64.self)
    }

    private typealias Call =
        @convention(c) (
            Int32, UnsafePointer<CChar>, Int32, UInt32, UnsafeMutableRawPointer
        ) -> Int32

    /// The C library's `statx`, which the Glibc module does not declare.
    private static let statx: Call? = unsafe dlsym(nil, "statx").map { unsafe unsafeBitCast($0, to: Call.self) }

    private static let forceSync: Int32 = 0x2000
    private static let noAutomount: Int32 = 0x800
    private static let basicStatsAndBirth: UInt32 = 0x7ff | 0x800
}

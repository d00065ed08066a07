import Glibc

/// The data that `statx(2)` returns for a file. As far as it can show this, two equal stamps of one path mean
/// unchanged contents.
package struct FileStamp: Hashable, Sendable {
    /// The kind of object that a path leads to.
    package enum Kind: Hashable, Sendable { case file, folder, link, other }

    /// A time in seconds and nanoseconds since 1970.
    package struct Time: Hashable, Sendable, Comparable {
        package var seconds: Int64 = 0
        package var nanoseconds: UInt32 = 0

        package static func < (one: Time, other: Time) -> Bool {
            (one.seconds, one.nanoseconds) < (other.seconds, other.nanoseconds)
        }
    }

    /// The identity of a file or folder. A new file may get the number of a deleted one.
    package struct Identity: Hashable, Sendable {
        /// The file system's number, major and minor.
        package var device: UInt64 = 0
        package var inode: UInt64 = 0
    }

    package var kind = Kind.file
    /// The size in bytes.
    package var size: UInt64 = 0
    package var identity = Identity()
    /// The time of creation, or zero if the file system keeps none. It distinguishes a new file from an old one with
    /// the same inode.
    package var born = Time()
    /// The time of the last change to the contents, which programs can set.
    package var modified = Time()
    /// The time of the last change to the contents or attributes, which programs cannot set.
    package var changed = Time()

    /// Creates the stamp of no file in particular.
    package init(kind: Kind = .file, size: UInt64 = 0) {
        self.kind = kind
        self.size = size
    }

    /// Whether another stamp is of the same file or folder, whatever its contents.
    package func isSameObject(as other: FileStamp) -> Bool {
        identity == other.identity && born == other.born
    }
}

extension FileStamp {
    /// Creates the stamp of the object at a path, or returns nil if there is none.
    ///
    /// If a network or host-shared file system would answer from its cache, its server is asked again.
    package init?(path: String, following: Bool = true) {
        self.init(AT_FDCWD, path, flags: following ? 0 : AT_SYMLINK_NOFOLLOW)
    }

    /// Creates the stamp of an open file.
    package init?(descriptor: CInt) {
        self.init(descriptor, "", flags: Self.emptyPath)
    }

    private init?(_ folder: CInt, _ path: String, flags: Int32) {
        guard let statx = unsafe Self.statx else {
            fatalError("statx(2) is missing from the C library: glibc 2.28 or newer is needed.")
        }
        let flags = Self.forceSync | Self.noAutomount | flags
        let stamp = unsafe withUnsafeTemporaryAllocation(byteCount: 256, alignment: 8) { buffer -> FileStamp? in
            guard let base = buffer.baseAddress else { return nil }
            while unsafe statx(folder, path, flags, Self.basicStatsAndBirth, base) != 0 {
                guard errno == EINTR else { return nil }
            }
            return unsafe FileStamp(layout: UnsafeRawPointer(base))
        }
        guard let stamp else { return nil }
        self = stamp
    }

    /// Whether a path leads to a folder.
    package static func isFolder(_ path: String) -> Bool { FileStamp(path: path)?.kind == .folder }

    /// One line that changes when the file at a path is written, replaced or removed.
    package static func line(_ path: String) -> String {
        guard let stamp = FileStamp(path: path) else { return "\(path) missing" }
        let time = stamp.modified
        return "\(path) \(stamp.size) \(time.seconds).\(time.nanoseconds) \(stamp.identity.inode)"
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
    private static let emptyPath: Int32 = 0x1000
    private static let noAutomount: Int32 = 0x800
    private static let basicStatsAndBirth: UInt32 = 0x7ff | 0x800
}

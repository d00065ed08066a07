import Glibc

/// An event of the kernel: something happened to a name in a watched folder, or to the folder itself.
struct FileEvent: Equatable, Sendable {
    /// The kinds of events, as the bits of `inotify(7)`.
    struct Kinds: OptionSet, Sendable {
        let rawValue: UInt32

        init(rawValue: UInt32) { self.rawValue = rawValue }

        private init(_ bits: Int32) { self.init(rawValue: UInt32(bitPattern: bits)) }

        static let modified = Self(IN_MODIFY)
        static let closedAfterWriting = Self(IN_CLOSE_WRITE)
        static let created = Self(IN_CREATE)
        static let deleted = Self(IN_DELETE)
        static let movedFrom = Self(IN_MOVED_FROM)
        static let movedTo = Self(IN_MOVED_TO)
        static let folderDeleted = Self(IN_DELETE_SELF)
        static let folderMoved = Self(IN_MOVE_SELF)
        static let unmounted = Self(IN_UNMOUNT)
        static let watchEnded = Self(IN_IGNORED)
        static let overflowed = Self(IN_Q_OVERFLOW)
        static let isFolder = Self(IN_ISDIR)

        /// A name appeared or disappeared.
        static let nameChanges: Self = [.created, .deleted, .movedFrom, .movedTo]
        /// The watched folder is no longer where it was.
        static let folderChanges: Self = [.folderDeleted, .folderMoved, .unmounted, .watchEnded]
    }

    /// The number of the watch from `inotify_add_watch(2)`, or -1 for an overflow.
    var watch: Int32
    var kinds: Kinds
    /// The name in the watched folder; empty if the event is about the folder itself.
    var name = ""
}

extension FileEvent {
    /// Reads the events that one `read(2)` returned.
    static func parse(_ bytes: UnsafeRawBufferPointer) -> [FileEvent] {
        var events: [FileEvent] = []
        var offset = 0
        while offset + headerSize <= bytes.count {
            let length = unsafe Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
            let start = offset + headerSize
            guard start + length <= bytes.count else { break }
            let name = unsafe bytes[start..<start + length].prefix { $0 != 0 }
            unsafe events.append(
                FileEvent(
                    watch: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self),
                    kinds: Kinds(rawValue: bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)),
                    name: String(decoding: name, as: UTF8.self)))
            offset = start + length
        }
        return events
    }

    /// The number of bytes before the name: the watch, the kinds, the cookie, and the length of the name with its
    /// padding.
    static let headerSize = 16
    /// The largest size of an event, in bytes.
    static let maximumSize = headerSize + 255 + 1
}

import Glibc

/// An inotify instance. Its descriptor never blocks, and is closed on exec and with the last reference.
final class Inotify: Sendable {
    /// The events that are requested for a folder.
    enum Interest {
        /// Names that appear and disappear.
        case names
        /// Names that appear and disappear, and writes to files.
        case contents

        fileprivate var mask: UInt32 {
            let names: FileEvent.Kinds = [.nameChanges, .folderDeleted, .folderMoved]
            return switch self {
            case .names: names.rawValue
            case .contents: names.union([.modified, .closedAfterWriting]).rawValue
            }
        }
    }

    /// The descriptor, for `poll(2)` only.
    let descriptor: Int32
    private let maximumWatches: Int32

    /// Creates an instance that refuses watches beyond a number, as the kernel does at the user's limit.
    init(maximumWatches: Int32 = .max) throws(FileWatchingError) {
        descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        self.maximumWatches = maximumWatches
        guard descriptor >= 0 else { throw .starting(systemError: errno) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Watches a folder, in addition to the events that it is already watched for.
    ///
    /// - Returns: the watch's number, or nil if there is no such folder.
    func watch(_ folder: String, for interest: Interest) throws(FileWatchingError) -> Int32? {
        let options = UInt32(IN_ONLYDIR) | UInt32(IN_EXCL_UNLINK) | UInt32(IN_MASK_ADD)
        let watch = unsafe inotify_add_watch(descriptor, folder, interest.mask | options)
        if watch > maximumWatches {
            stopWatching(watch)
            throw .watching(folder, systemError: ENOSPC)
        }
        if watch >= 0 { return watch }
        switch errno {
        case ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG: return nil
        default: throw .watching(folder, systemError: errno)
        }
    }

    /// Ends a watch. A watch that has already ended is not an error.
    func stopWatching(_ watch: Int32) { inotify_rm_watch(descriptor, watch) }

    /// Takes events from the queue. `isEmpty` shows whether the queue was empty afterwards.
    func read() -> (events: [FileEvent], isEmpty: Bool) {
        // The largest size that goes on the stack. The cost that matters is that of a queue without events.
        unsafe withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 8) { buffer in
            while true {
                let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if count > 0 {
                    let events = unsafe FileEvent.parse(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                    return (events, count <= buffer.count - FileEvent.maximumSize)
                }
                guard count < 0, errno == EINTR else { return ([], true) }
            }
        }
    }
}

import Glibc

/// A descriptor that becomes readable to wake a thread from `poll(2)`.
final class WakeSignal: Sendable {
    /// The descriptor, for `poll(2)` only.
    let descriptor: Int32
    private let sender: Int32

    /// Opens the pair of descriptors, which close on exec and never block.
    ///
    /// A socket pair is used because it gets its flags when it is created: a process that is started meanwhile does
    /// not inherit it.
    init() throws(FileWatchingError) {
        var pair: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let result = unsafe socketpair(AF_UNIX, type, 0, &pair)
        (descriptor, sender) = (pair[0], pair[1])
        guard result == 0 else { throw .system(call: "socketpair", path: nil, errno: errno) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if sender >= 0 { close(sender) }
    }

    /// Makes the descriptor readable.
    func raise() {
        // A full buffer does no harm, because the descriptor is readable then.
        var byte: UInt8 = 1
        _ = unsafe send(sender, &byte, 1, Int32(MSG_NOSIGNAL))
    }

    /// Makes the descriptor unreadable until it is raised again.
    func clear() {
        var bytes = (UInt64(), UInt64())
        while unsafe read(descriptor, &bytes, MemoryLayout.size(ofValue: bytes)) > 0 {}
    }
}

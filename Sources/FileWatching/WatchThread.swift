import Glibc
import Synchronization

/// The thread that waits for events while no caller asks for the count.
final class WatchThread: Sendable {
    /// The interval at which files are compared if no events come, in milliseconds.
    private static let comparisonIntervalMilliseconds: Int32 = 250

    /// The thread, or nil once it has been joined.
    private let handle: Mutex<pthread_t?>

    /// Starts the thread. The caller must close the core before it joins the thread.
    init(core: WatchCore) throws(FileWatchingError) {
        var thread = pthread_t()
        let context = unsafe Unmanaged.passRetained(core)
        let result = unsafe pthread_create(
            &thread, nil,
            { context in
                if let context = unsafe context {
                    WatchThread.run(unsafe Unmanaged<WatchCore>.fromOpaque(context).takeRetainedValue())
                }
                return nil
            }, context.toOpaque())
        guard result == 0 else {
            unsafe context.release()
            throw .system(call: "pthread_create", path: nil, errno: result)
        }
        handle = Mutex(thread)
    }

    /// Waits for the thread to end. Only the first call waits.
    func join() {
        let thread = handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
        if let thread { pthread_join(thread, nil) }
    }

    private static func run(_ core: WatchCore) {
        while true {
            // The source is kept alive while its descriptor is polled, so that the number cannot come to mean another
            // file.
            switch core.source {
            case .events(let inotify): wait(for: inotify.descriptor, or: core.wakeSignal, timeout: -1)
            case .comparisons: wait(for: -1, or: core.wakeSignal, timeout: comparisonIntervalMilliseconds)
            case .closed: return
            }
            _ = core.update()
        }
    }

    private static func wait(for descriptor: Int32, or signal: WakeSignal, timeout milliseconds: Int32) {
        var descriptors = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signal.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        let count = unsafe poll(&descriptors, nfds_t(descriptors.count), milliseconds)
        if count > 0, descriptors[1].revents != 0 { signal.clear() }
    }
}

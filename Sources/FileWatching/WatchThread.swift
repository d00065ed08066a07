import Glibc
import Synchronization

/// The thread that waits for events while nobody asks.
final class WatchThread: Sendable {
    /// How often files are compared where no events come.
    private static let comparisonIntervalMilliseconds: Int32 = 250

    /// Nil once it has been waited for.
    private let handle: Mutex<pthread_t?>

    /// Starts the thread; the caller must close the core before it joins the thread.
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
            throw .system("pthread_create", path: nil, systemError: result)
        }
        handle = Mutex(thread)
    }

    /// Waits for the thread's end; only the first call does.
    func join() {
        let thread = handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
        if let thread { pthread_join(thread, nil) }
    }

    private static func run(_ core: WatchCore) {
        while true {
            // The source is held while its descriptor is polled, so that the number cannot come to mean another file.
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

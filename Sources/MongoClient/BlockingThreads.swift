import CMongoC
import Dispatch
import Glibc
import Synchronization

/// Threads on which clients wait for MongoDB. The clients of one process should share them.
///
/// There are as many threads as operations to wait for, up to a limit. Further operations wait in a queue.
///
/// The threads are not those of Dispatch: a concurrent queue gets as many as there are processors and then one more
/// per second, and each serial queue gets a thread of 8 MB, which counts against a worker's memory limit.
@safe package final class BlockingThreads: Sendable {
    private struct State {
        var waiting: [@Sendable () -> Void] = []
        /// The number of threads that have nothing to do.
        var idle = 0
        var count = 0
    }

    private let state = Mutex(State())
    /// The semaphore that counts the waiting bodies.
    private let available = DispatchSemaphore(value: 0)

    private static let mostThreads = 64
    /// The size of a stack in bytes. libmongoc and the reading of documents use a small part of it.
    private static let stackSize = 1 << 20
    /// The longest time a thread waits for more work before it ends.
    private static let patience = DispatchTimeInterval.seconds(10)

    package init() {}

    /// Runs the body on one of the threads, without waiting for it.
    func run(_ body: @escaping @Sendable () -> Void) {
        let needsThread = state.withLock { state in
            state.waiting.append(body)
            guard state.idle < state.waiting.count, state.count < Self.mostThreads else { return false }
            state.count += 1
            return true
        }
        available.signal()
        guard needsThread, !startThread() else { return }
        let remaining = state.withLock { state in
            state.count -= 1
            return state.count
        }
        precondition(remaining > 0, "Waiting for MongoDB takes a thread, and the system has none")
    }

    private func startThread() -> Bool {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, Self.stackSize)
        unsafe pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let threads = unsafe Unmanaged.passRetained(self)
        let result = unsafe pthread_create(
            &thread, &attributes,
            { threads in
                guard let threads = unsafe threads else { return nil }
                unsafe Unmanaged<BlockingThreads>.fromOpaque(threads).takeRetainedValue().work()
                return nil
            }, threads.toOpaque())
        if result != 0 { unsafe threads.release() }
        return result == 0
    }

    private func work() {
        while true {
            state.withLock { $0.idle += 1 }
            let isSignalled = available.wait(timeout: .now() + Self.patience) == .success
            let (body, isOver) = state.withLock { state -> ((@Sendable () -> Void)?, Bool) in
                state.idle -= 1
                if isSignalled { return (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), false) }
                // A body that was added at this moment relies on this thread, and its signal is about to come.
                guard state.waiting.isEmpty else { return (nil, false) }
                state.count -= 1
                return (nil, true)
            }
            if isOver { return }
            body?()
        }
    }
}

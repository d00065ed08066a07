import Dispatch
import Synchronization

/// Threads for what blocks, as many as block at a time.
///
/// Dispatch gives each serial queue a thread at once. A concurrent queue gets as many as there are processors, and then one a second.
final class BlockingThreads: Sendable {
    private let idle = Mutex<[DispatchQueue]>([])

    /// Runs the body on a thread of its own; nothing waits for it.
    func run(_ body: @escaping @Sendable () -> Void) {
        let queue = idle.withLock { $0.popLast() } ?? DispatchQueue(label: "MongoClient.operations")
        queue.async { [self] in
            body()
            idle.withLock { $0.append(queue) }
        }
    }
}

import Invocations
import NIOCore
import WorkerPool

/// The generations that have workers: the one in effect, one that is being put into effect, and those whose last
/// calls are running.
final class Generations {
    private(set) var current: Generation?
    /// The pools that still have workers, including that of the generation in effect.
    private(set) var pools: [WorkerPool] = []
    /// The pool of the generation that is being put into effect.
    private var installing: WorkerPool?
    private let eventLoop: any EventLoop
    private let observer: any InvocationObserver
    private let makePool: (WorkerLauncher, Int) -> WorkerPool

    /// - Parameter makePool: a closure that creates the pool of the generation with the given number.
    init(
        eventLoop: any EventLoop, observer: any InvocationObserver,
        makePool: @escaping (WorkerLauncher, Int) -> WorkerPool
    ) {
        self.observer = observer
        self.eventLoop = eventLoop
        self.makePool = makePool
    }

    /// Starts workers for a plugin and puts it into effect once the first worker is ready.
    ///
    /// - Parameter onEffect: called when the plugin is in effect.
    func install(
        _ launcher: WorkerLauncher, number: Int, onEffect: @escaping () -> Void
    ) -> EventLoopFuture<FunctionRegistry> {
        let pool = makePool(launcher, number)
        pools.append(pool)
        installing = pool
        let bound = NIOLoopBound((generations: self, pool: pool, onEffect: onEffect), eventLoop: eventLoop)
        let functions = launcher.functions
        let described = pool.start().flatMap { [eventLoop] description in
            // There may be thousands of functions.
            BackgroundWork.run(for: eventLoop) { Result { try PluginContents(description, in: functions) } }
        }
        let installed = described.flatMapThrowing { contents in
            let (generations, pool, onEffect) = bound.value
            let contents = try contents.get()
            let registry = try FunctionRegistry(contents.functions)
            if let old = generations.current { generations.discard(old.pool, ending: old.pool.drain()) }
            generations.current = Generation(
                number: number, registry: registry, app: contents.app, pool: pool,
                schemas: SchemaBook(
                    pool, generation: number, observer: generations.observer, eventLoop: generations.eventLoop))
            onEffect()
            return registry
        }
        installed.whenComplete { result in
            let (generations, pool, _) = bound.value
            if generations.installing === pool { generations.installing = nil }
            // A worker that never becomes ready would never be drained.
            if case .failure = result { generations.discard(pool, ending: pool.stop()) }
        }
        return installed
    }

    /// Gives up the plugin that is being put into effect, because it is outdated.
    func cancelInstall() {
        installing?.cancelStart()
    }

    /// Ends all workers.
    ///
    /// - Returns: a future that succeeds when no process is left.
    func stop() -> EventLoopFuture<Void> {
        .andAllComplete(pools.map { $0.stop() }, on: eventLoop)
    }

    /// The number of calls that wait for a worker.
    var waitingCount: Int { pools.reduce(0) { $0 + $1.waitingCount } }

    /// The number of workers in each state, by the state's name.
    var workersByState: [String: Int] {
        var workers = ["created": 0, "idle": 0, "busy": 0, "dying": 0]
        for pool in pools { workers.merge(pool.workersByState, uniquingKeysWith: +) }
        return workers
    }

    private func discard(_ pool: WorkerPool, ending: EventLoopFuture<Void>) {
        let bound = NIOLoopBound((generations: self, pool: pool), eventLoop: eventLoop)
        ending.whenComplete { _ in
            let (generations, pool) = bound.value
            generations.pools.removeAll { $0 === pool }
        }
    }
}

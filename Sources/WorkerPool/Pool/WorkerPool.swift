import Failures
package import Invocations
package import NIOCore
package import WorkerProtocol

/// The workers of one generation. The pool performs the actions that ``WorkerPoolState`` decides on. All of its work
/// is done on one event loop.
package final class WorkerPool: InvocationHolder {
    private let launcher: WorkerLauncher
    private let eventLoop: any EventLoop
    private let generation: Int
    private let limits: WorkerLimits
    private let groups: MemoryGroups?
    private let reaper: WorkThreads
    private var state: WorkerPoolState<ActiveInvocation, ObjectIdentifier>
    private var workers: [ObjectIdentifier: Worker] = [:]
    private let configuration: () -> ConfigurationState
    private let documentStore: () -> DocumentStoreState
    private let observer: any PoolObserver
    private var description: EventLoopPromise<ByteBuffer>?
    private var loadFailure: Failure?
    private var allEnded: [EventLoopPromise<Void>] = []
    private var retirement: Scheduled<Void>?
    private var serving: Scheduled<Void>?
    private var memoryWatch: Scheduled<Void>?

    /// - Parameters:
    ///   - groups: the control groups that limit the workers' memory, or nil if these are not available.
    ///   - configuration: a closure that returns the current values of the configuration file.
    ///   - documentStore: a closure that returns the state of the document store.
    package init(
        launcher: WorkerLauncher, eventLoop: any EventLoop, generation: Int,
        limits: WorkerLimits, groups: MemoryGroups?, reaper: WorkThreads,
        configuration: @escaping () -> ConfigurationState,
        documentStore: @escaping () -> DocumentStoreState, observer: any PoolObserver
    ) {
        self.observer = observer
        self.launcher = launcher
        self.eventLoop = eventLoop
        self.generation = generation
        self.limits = limits
        self.groups = groups
        self.reaper = reaper
        self.configuration = configuration
        self.documentStore = documentStore
        state = WorkerPoolState(
            maximumWorkers: limits.maximumWorkers, maximumWaiting: limits.maximumWaiting,
            maximumNested: limits.nestedWorkers, width: limits.width)
    }

    /// Starts the first worker and asks it for the plugin's contents.
    ///
    /// - Returns: a future with the JSON array of the plugin's records. It fails with a ``Failure`` if the plugin
    ///   cannot be loaded, and with a `CancellationError` after ``cancelStart()``.
    package func start() -> EventLoopFuture<ByteBuffer> {
        let promise = eventLoop.makePromise(of: ByteBuffer.self)
        description = promise
        perform(state.warmUp())
        return promise.futureResult
    }

    /// Makes ``start()`` fail unless it has completed.
    package func cancelStart() {
        description?.fail(CancellationError())
        description = nil
    }

    /// Runs a call on a worker, now or as soon as one is free.
    package func run(_ call: ActiveInvocation) {
        call.holder = self
        perform(state.call(call, isNested: call.isNested, at: .now()))
        tellIfWaiting(call)
        serveLater()
    }

    /// Schedules idle workers to take calls that have waited long enough for busy workers.
    private func serveLater() {
        guard serving == nil, let time = state.nextServing else { return }
        let pool = NIOLoopBoundWeak(self, eventLoop: eventLoop)
        serving = eventLoop.scheduleTask(deadline: time) {
            guard let pool = pool.value else { return }
            pool.serving = nil
            pool.perform(pool.state.serve(at: .now()))
            pool.serveLater()
        }
    }

    private func tellIfWaiting(_ call: ActiveInvocation) {
        if !call.isFinished, !call.isRunning { call.waits(for: .worker) }
    }

    /// Withdraws a cancelled call: drops a waiting call, or cancels the task of a running one.
    package func cancelled(_ call: ActiveInvocation) {
        if state.abandon(where: { $0 === call }) != nil {
            return call.finish(.failure(call.cancellation ?? .callerGone))
        }
        for worker in workers.values where worker.isRunning(call) { worker.cancelCall() }
    }

    /// Sends the current state of the document store to all workers.
    package func documentStoreChanged() {
        for worker in workers.values { worker.tell(documentStore()) }
    }

    /// Ends idle workers now and busy ones after their calls.
    ///
    /// - Returns: a future that succeeds when no process is left.
    package func drain() -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        allEnded.append(promise)
        perform(state.drain())
        tellIfAllEnded()
        return promise.futureResult
    }

    /// Ends all workers, whatever they are doing. Running and waiting calls fail.
    ///
    /// - Returns: a future that succeeds when no process is left.
    package func stop() -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        allEnded.append(promise)
        perform(state.stop())
        for worker in workers.values { worker.stop() }
        tellIfAllEnded()
        return promise.futureResult
    }

    private func perform(_ actions: [WorkerPoolState<ActiveInvocation, ObjectIdentifier>.Action]) {
        for action in actions {
            switch action {
            case .startWorker: startWorker()
            case .dispatch(let call, let id):
                guard let worker = workers[id] else {
                    call.finish(.failure(Failure(.internalError, "The call was given to a worker that is not there")))
                    continue
                }
                guard !worker.keepsMuchMemory(for: call) else {
                    letGo(of: worker)
                    perform(state.retry(call, isNested: call.isNested))
                    continue
                }
                worker.run(call, configuration: configuration())
                watchMemory()
            case .endWorker(let id): workers[id]?.end()
            case .refuse(let call, let refusal): call.finish(.failure(failure(refusal)))
            }
        }
    }

    private func startWorker() {
        do {
            let worker = try Worker(
                launcher: launcher, eventLoop: eventLoop, limits: limits, groups: groups, reaper: reaper,
                generation: generation,
                events: Worker.Events(
                    onFree: { [weak self] in self?.isFree($0) },
                    onUndelivered: { [weak self] in self?.retry($0) },
                    onDying: { [weak self] in self?.state.workerIsDying(ObjectIdentifier($0)) },
                    onEnd: { [weak self] in self?.hasEnded($0) },
                    onLoadFailure: { [weak self] in self?.loadFailure = $0 },
                    onDescription: { [weak self] in self?.described($0) }),
                observer: observer)
            observer.workerStarted(worker.identity)
            workers[ObjectIdentifier(worker)] = worker
            worker.tell(documentStore())
            state.workerStarted(ObjectIdentifier(worker))
        } catch {
            loadFailure = error
            description?.fail(error)
            description = nil
            perform(state.workerFailedToStart())
        }
    }

    private func isFree(_ worker: Worker) {
        guard !worker.keepsMuchMemory else { return letGo(of: worker) }
        if description != nil, state.phases[ObjectIdentifier(worker)] == .created { worker.describe() }
        perform(state.workerIsFree(ObjectIdentifier(worker), at: .now()))
        serveLater()
        retireLater()
    }

    /// Ends a worker because of the memory that its calls have left in use, so that no later call fails because of it.
    private func letGo(of worker: Worker) {
        worker.ends(because: "memory-kept")
        worker.end()
        state.workerIsDying(ObjectIdentifier(worker))
    }

    /// Schedules the retirement of idle workers. There is a timer only while a worker is due to retire.
    private func retireLater() {
        guard retirement == nil, let since = state.longestIdle else { return }
        let pool = NIOLoopBoundWeak(self, eventLoop: eventLoop)
        let idleTime = TimeAmount(limits.idleTime)
        retirement = eventLoop.scheduleTask(deadline: since + idleTime) {
            guard let pool = pool.value else { return }
            pool.retirement = nil
            pool.perform(pool.state.retire(idleSince: .now() - idleTime))
            pool.retireLater()
        }
    }

    /// Checks the memory of busy workers repeatedly until none is busy. Idle workers cost nothing.
    private func watchMemory() {
        guard memoryWatch == nil else { return }
        let pool = NIOLoopBoundWeak(self, eventLoop: eventLoop)
        memoryWatch = eventLoop.scheduleTask(in: Self.memoryInterval) {
            guard let pool = pool.value else { return }
            pool.memoryWatch = nil
            let busy = pool.workers.values.filter(\.isBusy)
            for worker in busy { worker.checkMemory() }
            if !busy.isEmpty { pool.watchMemory() }
        }
    }

    private static let memoryInterval = TimeAmount.milliseconds(50)

    private func described(_ json: ByteBuffer) {
        description?.succeed(json)
        description = nil
    }

    /// The number of calls that wait for a worker.
    package var waitingCount: Int { state.waitingCount }

    /// The number of workers in each state, by the state's name.
    package var workersByState: [String: Int] {
        state.phases.values.reduce(into: [:]) { $0["\($1)", default: 0] += 1 }
    }

    private func hasEnded(_ worker: Worker) {
        observer.workerEnded(worker.identity, because: worker.endReason ?? "unknown")
        workers[ObjectIdentifier(worker)] = nil
        perform(state.workerEnded(ObjectIdentifier(worker)))
        serveLater()
        if workers.isEmpty, let promise = description {
            promise.fail(failure(.workersDoNotStart))
            description = nil
        }
        tellIfAllEnded()
    }

    /// Hands a call that its worker has not begun to another worker, up to ``mostRetries`` times.
    private func retry(_ call: ActiveInvocation) {
        call.wasNotBegun()
        if let failure = call.cancellation { return call.finish(.failure(failure)) }
        guard call.retries <= Self.mostRetries else {
            return call.finish(
                .failure(
                    Failure(
                        .workerUnavailable, "The worker processes end before they begin the call",
                        remedy: "Look at what they print on the console.")))
        }
        perform(state.retry(call, isNested: call.isNested))
        tellIfWaiting(call)
    }

    private static let mostRetries = 3

    private func tellIfAllEnded() {
        guard workers.isEmpty else { return }
        for promise in allEnded { promise.succeed() }
        allEnded = []
    }

    private func failure(_ refusal: WorkerPoolState<ActiveInvocation, ObjectIdentifier>.Refusal) -> Failure {
        switch refusal {
        case .queueFull: .queueFull(waiting: state.waitingCount)
        case .nestedTooDeep:
            Failure(
                .queueFull,
                "Functions call functions that call functions: \(limits.maximumWorkers + limits.nestedWorkers) workers "
                    + "are busy with that",
                remedy: "Call less deeply, or raise WORKERS_MAX.")
        case .stopping: .stopping
        case .workersDoNotStart:
            loadFailure
                ?? Failure(
                    .workerUnavailable, "The worker processes end before they are ready",
                    remedy: "Look at what they print on the console.")
        }
    }
}

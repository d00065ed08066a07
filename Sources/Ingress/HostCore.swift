import Failures
import FunctionContracts
import Logging
import NIOCore
import Values
import WorkerProtocol

/// The state of a ``FunctionHost``, on its event loop.
final class HostCore {
    /// What the sources are at.
    enum Build {
        case building
        case ready
        case failed(BrokenBuild)
    }

    /// One build's functions and their workers.
    struct Generation {
        let number: Int
        let registry: FunctionRegistry
        /// What the app is, where its author says so.
        let app: AppDescription?
        let pool: WorkerPool
        let schemas: SchemaBook
    }

    /// What answers calls now, once every change is looked at.
    private struct Settled {
        /// The last build that could be put into effect; nil when there was none.
        var generation: Generation?
        /// What broke since.
        var broken: BrokenBuild?

        var start: CallStart { CallStart(generation: generation?.number ?? 0, buildHasFailed: broken != nil) }

        /// The function of a name; a build that failed stands for those of the files that do not build.
        func find(_ name: FunctionName, in generation: Generation) throws(Failure) -> FunctionRecord {
            guard let broken else { return try generation.registry.find(name) }
            guard let unbroken = generation.registry[name], !broken.files.contains(unbroken.place.file) else {
                throw broken.failure
            }
            return unbroken
        }
    }

    private let eventLoop: any EventLoop
    private let executor: EventLoopTaskExecutor
    private let settings: HostSettings
    private let groups: MemoryGroups?
    private let logger: Logger
    private let changeCount: @Sendable () -> UInt64
    private(set) var build = Build.building
    private(set) var generation: Generation?
    /// Pools that still have something to end, the one in effect among them.
    private var pools: [WorkerPool] = []
    /// Changes up to this count are in effect.
    private var coveredChanges: UInt64 = 0
    private(set) var configuration: Result<ConfigurationState, Failure> = .success(ConfigurationState())
    private var configurationVersion = 0
    /// The values of the last configuration file that was valid: a call that was let in before the file broke runs with them.
    private var configurationInEffect = ConfigurationState()
    private var documentStore = DocumentStoreState.starting
    /// Whom the host tells what happens.
    let events: EventFeed
    /// Calls that wait for a build, in the order in which they came.
    private var waiting: [Invocation] = []
    /// Calls that were taken in and not answered yet.
    private var calls: Set<ActivationID> = []
    var callsInFlight: Int { calls.count }
    private var isStopping = false
    let metrics = IngressMetrics()
    /// The pool that is being put into effect.
    private var installing: WorkerPool?
    private let printed: @Sendable (PrintedOutput) -> Void
    /// How long processes may take to end.
    private static let endTime = TimeAmount.seconds(5)

    init(
        eventLoop: any EventLoop, executor: EventLoopTaskExecutor, settings: HostSettings, groups: MemoryGroups?,
        logger: Logger,
        changeCount: @escaping @Sendable () -> UInt64,
        printed: @escaping @Sendable (PrintedOutput) -> Void
    ) {
        self.eventLoop = eventLoop
        self.executor = executor
        self.settings = settings
        self.groups = groups
        self.logger = logger
        self.changeCount = changeCount
        self.printed = printed
        events = EventFeed(eventLoop: eventLoop)
    }

    /// Calls a function; must be on the event loop.
    ///
    /// - Parameters:
    ///   - parent: the call whose function makes this one; it counts as long as that runs.
    ///   - caller: who waits for the outcome; when it goes, a call that waits is dropped and one that runs is cancelled.
    ///   - completion: told the outcome once, now or later.
    func call(
        _ request: CallRequest, activationID: ActivationID, parent: ActivationID? = nil, caller: Caller,
        completion: @escaping (CallOutcome) -> Void
    ) {
        calls.insert(activationID)
        begin(
            Invocation(
                request, activationID: activationID, isNested: parent.map(calls.contains) ?? false, caller: caller,
                completion: completion))
    }

    /// Calls a function.
    ///
    /// - Returns: the result's JSON.
    func call(
        _ request: CallRequest, activationID: ActivationID, parent: ActivationID? = nil, caller: Caller
    ) async throws(Failure) -> ByteBuffer {
        try await withCheckedContinuation { continuation in
            call(request, activationID: activationID, parent: parent, caller: caller) {
                continuation.resume(returning: $0.result)
            }
        }.get()
    }

    /// Runs a call, or lets it wait until every change up to now is looked at.
    private func begin(_ invocation: Invocation) {
        do throws(Failure) {
            guard let settled = try settledNow() else { return wait(invocation) }
            if case .failure(let failure) = configuration { throw failure }
            if let question = AgentQuestion(invocation.request.name) {
                invocation.begins(question.rawValue, settled.start)
                return later(invocation) { core throws(Failure) in
                    core.end(invocation, .success(try await core.answer(question, settled)))
                }
            }
            guard let generation = settled.generation else { throw settled.broken?.failure ?? .stopping }
            let function = try settled.find(invocation.request.name, in: generation)
            guard function.tool != nil else { return run(function, invocation, settled, generation) }
            later(invocation) { core throws(Failure) in
                let checksArguments = try await generation.schemas.schemas(of: function).input != nil
                guard core.generation?.number == generation.number, core.changeCount() <= core.coveredChanges else {
                    // What is in effect has changed meanwhile.
                    return core.begin(invocation)
                }
                core.run(function, invocation, settled, generation, checksArguments: checksArguments)
            }
        } catch {
            end(invocation, .failure(error))
        }
    }

    /// Goes on with a call that has to wait for something, on the event loop.
    private func later(
        _ invocation: Invocation, _ body: @escaping (HostCore) async throws(Failure) -> Void
    ) {
        let bound = NIOLoopBound((core: self, invocation: invocation, body: body), eventLoop: eventLoop)
        Task.immediate(executorPreference: executor) {
            let (core, invocation, body) = bound.value
            do throws(Failure) {
                try await body(core)
            } catch {
                core.end(invocation, .failure(error))
            }
        }
    }

    private func run(
        _ function: FunctionRecord, _ invocation: Invocation, _ settled: Settled, _ generation: Generation,
        checksArguments: Bool = false
    ) {
        invocation.begins(function.path, settled.start)
        let call = WorkerCall(
            function: function, activationID: invocation.activationID, request: invocation.request,
            isNested: invocation.isNested, checksArguments: checksArguments
        ) { [self] in end(invocation, $0) }
        invocation.caller.whenGone = { generation.pool.abandon(call) }
        generation.pool.run(call)
    }

    private func end(_ invocation: Invocation, _ result: Result<ByteBuffer, Failure>) {
        invocation.caller.whenGone = nil
        invocation.patience?.cancel()
        calls.remove(invocation.activationID)
        metrics.answered(invocation.path, failure: result.failure?.code, after: .now() - invocation.arrival)
        invocation.completion(CallOutcome(result: result, start: invocation.start))
    }

    /// Answers what agents ask of the app.
    private func answer(
        _ question: AgentQuestion, _ settled: Settled
    ) async throws(Failure) -> ByteBuffer {
        var tools = AgentTools(app: settled.generation?.app, broken: settled.broken)
        if question != .appDescription {
            for (record, schemas) in try await described(where: { $0.tool != nil }) { tools.add(record, schemas) }
        }
        do throws(JSONWritingError) {
            return ByteBuffer(bytes: try tools.answer(question).jsonBytes())
        } catch {
            throw Failure(.internalError, "The tools cannot be listed: \(error)")
        }
    }

    /// What answers calls, if it holds every change up to now.
    private func settledNow() throws(Failure) -> Settled? {
        if isStopping { throw .stopping }
        guard changeCount() <= coveredChanges else { return nil }
        switch build {
        case .building: return nil
        case .ready: return generation.map { Settled(generation: $0) }
        case .failed(let broken): return Settled(generation: generation, broken: broken)
        }
    }

    /// Lets a call wait for the end of a build.
    private func wait(_ invocation: Invocation) {
        guard !invocation.caller.hasGone else { return end(invocation, .failure(.callerGone)) }
        waiting.append(invocation)
        let bound = NIOLoopBound((core: self, invocation: invocation), eventLoop: eventLoop)
        invocation.caller.whenGone = { bound.value.core.giveUp(bound.value.invocation, .callerGone) }
        guard invocation.patience == nil else { return }
        invocation.patience = eventLoop.scheduleTask(in: TimeAmount(settings.buildWait)) {
            let (core, invocation) = bound.value
            invocation.patience = nil
            core.giveUp(
                invocation,
                Failure(
                    .buildTakesLong, "The functions are still being built",
                    remedy: "Call again in a moment, or raise BUILD_WAIT_MS."))
        }
    }

    private func giveUp(_ invocation: Invocation, _ failure: Failure) {
        guard let position = waiting.firstIndex(where: { $0 === invocation }) else { return }
        waiting.remove(at: position)
        end(invocation, .failure(failure))
    }

    private func wakeWaiting() {
        let woken = waiting
        waiting = []
        for invocation in woken { begin(invocation) }
    }

    func buildBegan() {
        build = .building
        publishBuildStarted()
    }

    func unchanged(covering changes: UInt64) {
        if generation != nil { build = .ready }
        publishReloaded()
        covered(changes)
    }

    func install(
        _ launcher: WorkerLauncher, number: Int, covering changes: UInt64
    ) -> EventLoopFuture<FunctionRegistry> {
        guard !isStopping else { return eventLoop.makeFailedFuture(CancellationError()) }
        let core = NIOLoopBound(self, eventLoop: eventLoop)
        var logger = logger
        logger[metadataKey: "generation"] = "\(number)"
        let pool = WorkerPool(
            launcher: launcher, eventLoop: eventLoop, generation: number, limits: settings.limits, groups: groups,
            logger: logger, configuration: { core.value.configurationInEffect },
            documentStore: { core.value.documentStore }, printed: printed, metrics: metrics)
        pools.append(pool)
        installing = pool
        let boundPool = NIOLoopBound(pool, eventLoop: eventLoop)
        let functions = launcher.functions
        let installed = pool.start().flatMapThrowing { description in
            let contents = try PluginContents(description, in: functions)
            let registry = try FunctionRegistry(contents.functions)
            let pool = boundPool.value
            let new = Generation(
                number: number, registry: registry, app: contents.app, pool: pool, schemas: SchemaBook(pool))
            core.value.takeEffect(new, changes)
            return registry
        }
        installed.whenComplete { result in
            let pool = boundPool.value
            if core.value.installing === pool { core.value.installing = nil }
            // A worker that never gets ready would never be drained.
            if case .failure = result { core.value.discard(pool, ending: pool.stop()) }
        }
        return installed
    }

    /// Gives up what is being put into effect, because it is out of date.
    func cancelInstall() {
        installing?.cancelStart()
    }

    private func takeEffect(_ new: Generation, _ changes: UInt64) {
        if let old = generation { discard(old.pool, ending: old.pool.drain()) }
        generation = new
        build = .ready
        publishReloaded()
        covered(changes)
    }

    private func discard(_ pool: WorkerPool, ending: EventLoopFuture<Void>) {
        let core = NIOLoopBound(self, eventLoop: eventLoop)
        let bound = NIOLoopBound(pool, eventLoop: eventLoop)
        ending.whenComplete { _ in core.value.pools.removeAll { $0 === bound.value } }
    }

    func buildFailed(_ broken: BrokenBuild, covering changes: UInt64) {
        build = .failed(broken)
        publishBuildFailed(broken.failure)
        covered(changes)
    }

    func covered(_ changes: UInt64) {
        coveredChanges = max(coveredChanges, changes)
        wakeWaiting()
    }

    func configure(_ values: Result<ByteBuffer, Failure>) {
        configurationVersion += 1
        configuration = values.map { ConfigurationState(version: configurationVersion, json: $0) }
        if case .success(let state) = configuration { configurationInEffect = state }
        publishConfiguration()
    }

    func documentStoreChanged(to state: DocumentStoreState) {
        documentStore = state
        for pool in pools { pool.documentStoreChanged() }
    }

    func stop() -> EventLoopFuture<Void> {
        isStopping = true
        wakeWaiting()
        let ended = EventLoopFuture.andAllComplete(pools.map { $0.stop() }, on: eventLoop)
            .flatMap { [groups, eventLoop] in groups?.close(on: eventLoop) ?? eventLoop.makeSucceededVoidFuture() }
        return first(ended, eventLoop.scheduleTask(in: Self.endTime) {})
    }

    /// Succeeds when the future completes or the timer fires.
    private func first(_ future: EventLoopFuture<Void>, _ timer: Scheduled<Void>) -> EventLoopFuture<Void> {
        future.whenComplete { _ in timer.cancel() }
        return timer.futureResult.recover { _ in }
    }
}

// MARK: - What the ingress tells of itself

extension HostCore {
    /// The body of `GET /_/health`: with `failure` while the sources do not build, and `configurationFailure` while the configuration file
    /// cannot be read, each an error object.
    var health: JSONValue {
        let status: JSONValue =
            switch build {
            case .building: "building"
            case .ready: "ok"
            case .failed: "build-failed"
            }
        var health: JSONObject = [
            "status": status, "generation": .integer(Int64(generation?.number ?? 0)),
            "documentStore": .object(documentStore.publicJSON),
            "memory": [
                "limitMegabytes": .integer(Int64(settings.limits.memory >> 20)),
                "means": Worker.memoryMeans(groups: groups),
            ],
        ]
        if case .failed(let broken) = build { health["failure"] = .object(broken.failure.json) }
        if case .failure(let failure) = configuration { health["configurationFailure"] = .object(failure.json) }
        return .object(health)
    }

    /// The body of `GET /_/metrics`.
    var exposition: String {
        var workers = ["created": 0, "idle": 0, "busy": 0, "dying": 0]
        for pool in pools { workers.merge(pool.workersByState, uniquingKeysWith: +) }
        return metrics.exposition(
            workers: workers, waiting: pools.reduce(0) { $0 + $1.waitingCount }, inFlight: callsInFlight)
    }

    /// The functions as the console is told of them, without their schemas.
    var functions: JSONValue {
        ["functions": .array((generation?.registry ?? .empty).functions.map(\.json))]
    }
}

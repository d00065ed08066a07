package import Failures
package import FunctionContracts
package import Invocations
import Logging
import NIOCore
import Values
import WorkerPool
import WorkerProtocol

/// The state of an ``Engine``. It may be used only on the engine's event loop.
package final class EngineCore: InvocationHolder {
    let eventLoop: any EventLoop
    private let executor: EventLoopTaskExecutor
    private let settings: EngineSettings
    let groups: MemoryGroups?
    private let changeCount: @Sendable () -> UInt64
    var admission: AdmissionState<ActiveInvocation>
    let generations: Generations
    let effects: Effects
    let observers: Observers
    private let active: ActiveCalls
    /// The ends of waits for the sources to be in effect, by a number of their own.
    var waiters: [Int: () -> Void] = [:]
    private var lastWaiter = 0
    /// The calls of agents' tools whose schemas are being made.
    private var waitingForSchemas: [ObjectIdentifier: ActiveInvocation] = [:]
    /// The current values that workers are given.
    final class Effects {
        var configuration: Result<ConfigurationState, Failure> = .success(ConfigurationState())
        var configurationVersion = 0
        /// The values of the last valid configuration file. A call that was admitted before the file became invalid
        /// runs with them.
        var lastConfiguration = ConfigurationState()
        var documentStore = DocumentStoreState.starting
    }

    init(
        eventLoop: any EventLoop, executor: EventLoopTaskExecutor, settings: EngineSettings, logger: Logger,
        changeCount: @escaping @Sendable () -> UInt64
    ) {
        self.eventLoop = eventLoop
        self.executor = executor
        self.settings = settings
        self.changeCount = changeCount
        let groups = settings.usesMemoryGroups ? MemoryGroups(in: .own, logger: logger) : nil
        let effects = Effects(), observers = Observers(), active = ActiveCalls()
        // This observer comes first, so that the others see the updated number of calls.
        observers.add(active)
        self.groups = groups
        self.effects = effects
        self.observers = observers
        self.active = active
        admission = AdmissionState(maximumWaiting: settings.limits.maximumWaiting)
        let reaper = WorkThreads(2)
        generations = Generations(eventLoop: eventLoop, observer: observers) { launcher, number in
            WorkerPool(
                launcher: launcher, eventLoop: eventLoop, generation: number, limits: settings.limits, groups: groups,
                reaper: reaper, configuration: { effects.lastConfiguration },
                documentStore: { effects.documentStore }, observer: observers)
        }
    }

    func add(_ observer: any EngineObserver) {
        observers.add(observer)
    }

    // MARK: - Invocations

    /// Runs an invocation. Must be called on the event loop.
    ///
    /// - Parameter onOutcome: called once, now or later.
    /// - Returns: a handle by which the caller can cancel the invocation.
    @discardableResult
    package func run(_ invocation: Invocation, onOutcome: @escaping (Outcome) -> Void) -> ActiveInvocation {
        let isNested = invocation.parent.map(active.contains) ?? false
        let call = ActiveInvocation(invocation, isNested: isNested, observer: observers, onOutcome: onOutcome)
        if let deadline = invocation.deadline { end(call, at: deadline) }
        begin(call)
        return call
    }

    /// Runs a call, or lets it wait until every change so far is processed.
    ///
    /// - Parameter wasAdmitted: whether the call was admitted before. It then keeps its place among the waiting calls.
    func begin(_ call: ActiveInvocation, wasAdmitted: Bool = false) {
        let decision = admission.admit(
            call, changes: changeCount(), waitingElsewhere: generations.waitingCount + waitingForSchemas.count,
            wasAdmitted: wasAdmitted)
        switch decision {
        case .run:
            do throws(Failure) {
                try resolve(call)
            } catch {
                call.finish(.failure(error))
            }
        case .wait: wait(call)
        case .refuse(.stopping): call.finish(.failure(.stopping))
        case .refuse(.queueFull): call.finish(.failure(.queueFull(waiting: admission.maximumWaiting)))
        }
    }

    /// Finds the function or the answer for a call that may run now, and runs it.
    private func resolve(_ call: ActiveInvocation) throws(Failure) {
        let settled = settled
        if case .failure(let failure) = effects.configuration { throw failure }
        if let question = AgentQuestion(call.invocation.target) {
            call.resolved(
                nil, path: question.rawValue, generation: settled.generation?.number ?? 0,
                buildHasFailed: settled.broken != nil)
            return later(call) { core throws(Failure) in
                let answer = try await core.answer(question, settled)
                call.finish(call.cancellation.map { .failure($0) } ?? .success(answer))
            }
        }
        guard let generation = settled.generation else { throw settled.broken?.failure ?? .stopping }
        let function = try settled.find(call.invocation.target, in: generation)
        guard function.tool != nil else { return run(call, function, settled, generation) }
        if let schemas = generation.schemas.known(function) {
            call.checksArguments = schemas.input != nil
            return run(call, function, settled, generation)
        }
        waitForSchema(of: call)
        later(call) { core throws(Failure) in
            let schemas: Result<FunctionSchemas, Failure>
            do throws(Failure) {
                schemas = .success(try await generation.schemas.schemas(of: function))
            } catch {
                schemas = .failure(error)
            }
            guard core.hasWaitedForSchema(call) else { return }
            call.checksArguments = try schemas.get().input != nil
            guard core.generations.current?.number == generation.number, core.admission.isCovered(core.changeCount())
            else {
                // Another generation has taken effect, or the sources have changed, in the meantime.
                return core.begin(call, wasAdmitted: true)
            }
            core.run(call, function, settled, generation)
        }
    }

    private func run(
        _ call: ActiveInvocation, _ function: FunctionRecord, _ settled: Settled, _ generation: Generation
    ) {
        if let failure = call.cancellation { return call.finish(.failure(failure)) }
        if let deadline = call.invocation.deadline, deadline <= .now() { return call.finish(.failure(.deadlinePassed)) }
        call.resolved(
            function, path: function.path, generation: generation.number, buildHasFailed: settled.broken != nil)
        generation.pool.run(call)
    }

    /// Records that a call of an agent's tool waits for the tool's schema, which a worker makes. It can be cancelled
    /// meanwhile.
    private func waitForSchema(of call: ActiveInvocation) {
        call.holder = self
        waitingForSchemas[ObjectIdentifier(call)] = call
        call.waits(for: .worker)
    }

    /// - Returns: whether the call has not been cancelled meanwhile.
    private func hasWaitedForSchema(_ call: ActiveInvocation) -> Bool {
        waitingForSchemas.removeValue(forKey: ObjectIdentifier(call)) != nil
    }

    /// Continues a call asynchronously on the event loop. The call fails with the error that `body` throws.
    private func later(_ call: ActiveInvocation, _ body: @escaping (EngineCore) async throws(Failure) -> Void) {
        let bound = NIOLoopBound((core: self, call: call, body: body), eventLoop: eventLoop)
        Task.immediate(executorPreference: executor) {
            let (core, call, body) = bound.value
            do throws(Failure) {
                try await body(core)
            } catch {
                call.finish(.failure(error))
            }
        }
    }

    /// Lets a call wait for the end of a build.
    private func wait(_ call: ActiveInvocation) {
        call.waits(for: .build)
        call.holder = self
        if let failure = call.cancellation { return giveUp(call, failure) }
        guard call.buildTimer == nil else { return }
        let bound = NIOLoopBound((core: self, call: call), eventLoop: eventLoop)
        call.buildTimer = eventLoop.scheduleTask(in: TimeAmount(settings.buildWait)) {
            let (core, call) = bound.value
            // A call that waits again later is given the full time again.
            call.buildTimer = nil
            core.giveUp(call, .buildTakesLong)
        }
    }

    package func cancelled(_ call: ActiveInvocation) {
        giveUp(call, call.cancellation ?? .callerGone)
    }

    /// Ends a call at its deadline, unless a worker runs it. In that case the worker ends it.
    private func end(_ call: ActiveInvocation, at deadline: NIODeadline) {
        let bound = NIOLoopBound(call, eventLoop: eventLoop)
        call.deadlineTimer = eventLoop.scheduleTask(deadline: deadline) {
            if !bound.value.isRunning { bound.value.cancel(because: .deadlinePassed) }
        }
    }

    private func giveUp(_ call: ActiveInvocation, _ failure: Failure) {
        guard hasWaitedForSchema(call) || admission.abandon(where: { $0 === call }) != nil else { return }
        call.finish(.failure(failure))
    }

    /// Answers a question of an agent about the app.
    private func answer(_ question: AgentQuestion, _ settled: Settled) async throws(Failure) -> ByteBuffer {
        var tools = AgentTools(app: settled.generation?.app, broken: settled.broken)
        if question != .appDescription {
            for (record, schemas) in try await described(where: { $0.tool != nil }) { tools.add(record, schemas) }
        }
        let listed = tools
        return try await BackgroundWork.run { () throws(Failure) in
            do throws(JSONWritingError) {
                return ByteBuffer(bytes: try listed.answer(question).jsonBytes())
            } catch {
                throw Failure(.internalError, "The tools cannot be listed: \(error)")
            }
        }
    }

    private var settled: Settled {
        if case .failed(let broken) = admission.build {
            return Settled(generation: generations.current, broken: broken)
        }
        return Settled(generation: generations.current)
    }

    /// Waits until every change so far is in effect, or is known to be broken.
    ///
    /// - Throws: ``Failure`` with the code `build-takes-long` or `stopping`.
    package func settle() async throws(Failure) {
        let end = NIODeadline.now() + TimeAmount(settings.buildWait)
        while !admission.isCovered(changeCount()) {
            if admission.isStopping { throw .stopping }
            guard NIODeadline.now() < end else { throw .buildTakesLong }
            await nextCovering(before: end)
        }
    }

    private func nextCovering(before end: NIODeadline) async {
        await withCheckedContinuation { continuation in
            lastWaiter += 1
            let number = lastWaiter, core = NIOLoopBound(self, eventLoop: eventLoop)
            let timer = eventLoop.scheduleTask(deadline: end) { core.value.waiters[number]?() }
            waiters[number] = { [self] in
                waiters[number] = nil
                timer.cancel()
                continuation.resume()
            }
        }
    }

    // MARK: - State for display

    /// The current state.
    package var status: EngineStatus {
        var configurationFailure: Failure?
        if case .failure(let failure) = effects.configuration { configurationFailure = failure }
        return EngineStatus(
            build: admission.isCovered(changeCount()) ? admission.build : .building, generation: generations.current,
            documentStore: effects.documentStore,
            configurationFailure: configurationFailure, memoryLimit: settings.limits.memory,
            memoryMeans: WorkerLimits.memoryMeans(usesGroups: groups != nil), workers: generations.workersByState,
            waitingForWorker: generations.waitingCount, callsInFlight: active.count)
    }

    /// Returns the functions of the generation in effect with their schemas. If another generation takes effect in
    /// the meantime, returns those of that generation.
    ///
    /// - Parameter isWanted: a closure that returns whether a function is included.
    package func described(
        where isWanted: (FunctionRecord) -> Bool = { _ in true }
    ) async throws(Failure) -> [(record: FunctionRecord, schemas: FunctionSchemas)] {
        var described: [(record: FunctionRecord, schemas: FunctionSchemas)] = []
        var number: Int?
        while let generation = generations.current {
            if number != generation.number {
                number = generation.number
                described = []
            }
            let rest = generation.registry.functions.filter(isWanted).dropFirst(described.count)
            guard let record = rest.first else { break }
            let schemas = try await generation.schemas.schemas(of: record)
            if generation.number == generations.current?.number { described.append((record, schemas)) }
        }
        return described
    }
}

extension Failure {
    fileprivate static let buildTakesLong = Failure(
        .buildTakesLong, "The functions are still being built",
        remedy: "Call again in a moment, or raise BUILD_WAIT_MS.")

    fileprivate static let deadlinePassed = Failure(
        .functionTimedOut, "The call's deadline passed before a worker took it")
}

import Failures
import Invocations
import NIOCore
import WorkerPool
import WorkerProtocol

/// The events that the workspace reports: builds, the configuration, the document store, and the end.
extension EngineCore {
    /// The longest time that processes may take to end.
    private static let endTime = TimeAmount.seconds(5)

    func buildBegan() {
        admission.buildBegan()
        observers.buildBegan()
    }

    func unchanged(covering changes: UInt64) {
        if generations.current != nil { admission.buildIsReady() }
        observers.reloaded()
        covered(changes)
    }

    func install(
        _ launcher: WorkerLauncher, number: Int, covering changes: UInt64
    ) -> EventLoopFuture<FunctionRegistry> {
        guard !admission.isStopping else { return eventLoop.makeFailedFuture(CancellationError()) }
        return generations.install(launcher, number: number) { [self] in
            admission.buildIsReady()
            observers.reloaded()
            covered(changes)
        }
    }

    func cancelInstall() {
        generations.cancelInstall()
    }

    func buildFailed(_ broken: BrokenBuild, covering changes: UInt64) {
        admission.buildFailed(broken)
        observers.buildFailed(broken.failure)
        covered(changes)
    }

    func covered(_ changes: UInt64) {
        for call in admission.covered(changes) { begin(call, wasAdmitted: true) }
        for end in waiters.values { end() }
    }

    func count(build time: Duration, succeeded: Bool) {
        observers.built(in: time, succeeded: succeeded)
    }

    func count(reload time: Duration) {
        observers.reloaded(in: time)
    }

    func configure(_ values: Result<ByteBuffer, Failure>) {
        effects.configurationVersion += 1
        let version = effects.configurationVersion
        effects.configuration = values.map { ConfigurationState(version: version, json: $0) }
        switch effects.configuration {
        case .success(let state):
            effects.lastConfiguration = state
            observers.configured(nil)
        case .failure(let failure): observers.configured(failure)
        }
    }

    func documentStoreChanged(to state: DocumentStoreState) {
        effects.documentStore = state
        for pool in generations.pools { pool.documentStoreChanged() }
    }

    func stop() -> EventLoopFuture<Void> {
        for call in admission.stop() { call.finish(.failure(.stopping)) }
        for end in waiters.values { end() }
        let ended = generations.stop()
            .flatMap { [groups, eventLoop] in groups?.close(on: eventLoop) ?? eventLoop.makeSucceededVoidFuture() }
        let timer = eventLoop.scheduleTask(in: Self.endTime) {}
        ended.whenComplete { _ in timer.cancel() }
        return timer.futureResult.recover { _ in }
    }
}

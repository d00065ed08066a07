import Failures
import FunctionContracts
import Invocations
import WorkerPool
import WorkerProtocol

/// An observer that informs several observers, one after the other.
final class Observers: EngineObserver {
    private var all: [any EngineObserver] = []
    private(set) var recordsOperations = false

    func add(_ observer: any EngineObserver) {
        all.append(observer)
        recordsOperations = recordsOperations || observer.recordsOperations
    }

    func admitted(_ invocation: Invocation) {
        for observer in all { observer.admitted(invocation) }
    }

    func queued(_ invocation: Invocation, for reason: WaitReason) {
        for observer in all { observer.queued(invocation, for: reason) }
    }

    func started(_ invocation: Invocation, _ function: FunctionRecord, on worker: WorkerIdentity, isCold: Bool) {
        for observer in all { observer.started(invocation, function, on: worker, isCold: isCold) }
    }

    func printed(
        _ lines: PrintedLines, by invocation: Invocation?, _ function: FunctionRecord?, on worker: WorkerIdentity
    ) {
        for observer in all { observer.printed(lines, by: invocation, function, on: worker) }
    }

    func logged(
        _ record: LogRecord, by invocation: Invocation?, _ function: FunctionRecord?, on worker: WorkerIdentity
    ) {
        for observer in all { observer.logged(record, by: invocation, function, on: worker) }
    }

    func performed(_ operation: OperationRecord, by invocation: Invocation, on worker: WorkerIdentity) {
        for observer in all { observer.performed(operation, by: invocation, on: worker) }
    }

    func finished(_ invocation: Invocation, _ outcome: Outcome) {
        for observer in all { observer.finished(invocation, outcome) }
    }

    func workerStarted(_ worker: WorkerIdentity) {
        for observer in all { observer.workerStarted(worker) }
    }

    func workerEnded(_ worker: WorkerIdentity, because reason: String) {
        for observer in all { observer.workerEnded(worker, because: reason) }
    }

    func workerCrashed(_ worker: WorkerIdentity, _ crash: WorkerCrash) {
        for observer in all { observer.workerCrashed(worker, crash) }
    }

    func buildBegan() {
        for observer in all { observer.buildBegan() }
    }

    func built(in time: Duration, succeeded: Bool) {
        for observer in all { observer.built(in: time, succeeded: succeeded) }
    }

    func reloaded() {
        for observer in all { observer.reloaded() }
    }

    func reloaded(in time: Duration) {
        for observer in all { observer.reloaded(in: time) }
    }

    func buildFailed(_ failure: Failure) {
        for observer in all { observer.buildFailed(failure) }
    }

    func configured(_ failure: Failure?) {
        for observer in all { observer.configured(failure) }
    }
}

import Failures
import FunctionContracts
import Invocations
import NIOCore
import Values
import WorkerProtocol

extension Worker {
    /// Handles a message from the process.
    ///
    /// - Parameter id: the call that the message belongs to.
    func received(_ message: ParsedMessage, of id: ActivationID) {
        guard state.isRunning else { return }
        switch message {
        case .ready: state.load() ? loaded() : garbled()
        case .loadFailed(let failure): events.onLoadFailure(shown(failure))
        case .description(let json):
            hasLoaded()
            events.onDescription(json)
        case .log(let record, let length): logged(record, length, by: id)
        case .operation(let operation): performed(operation, by: id)
        case .result, .failure, .wantsBody, .body:
            guard let call = state.call, call.invocation.id == id else { return garbled() }
            state.receive()
            received(message, of: call)
        case .unknown: garbled()
        }
    }

    private func received(_ message: ParsedMessage, of call: ActiveInvocation) {
        switch message {
        case .result(let json): finishCall(.success(json))
        case .failure(let failure): finishCall(.failure(shown(failure)))
        case .wantsBody: sendBody(of: call)
        case .body(let piece): receivedResult(piece, of: call)
        default: break
        }
    }

    private func loaded() {
        hasLoaded()
        isReady()
        let worker = NIOLoopBound(self, eventLoop: eventLoop)
        inGroup.whenSuccess { if worker.value.state.isRunning { worker.value.events.onFree(worker.value) } }
    }

    /// Returns the failure with the place as it is shown to users.
    private func shown(_ failure: Failure) -> Failure {
        var failure = failure
        failure.location = failure.location.flatMap(launcher.functions.shown)
        return failure
    }

    private func logged(_ record: LogRecord, _ length: Int, by id: ActivationID) {
        guard output.admits(length) else { return }
        var record = record
        record.activationID = id == .none ? nil : id
        // A task that an earlier call left running logs as that call.
        let call = id == .none || id == state.call?.invocation.id ? state.call : nil
        observer.logged(record, by: call?.invocation, call?.function, on: identity)
    }

    /// Passes on an operation, unless an earlier call has left it running.
    private func performed(_ operation: OperationRecord, by id: ActivationID) {
        guard let call = state.call, call.invocation.id == id else { return }
        observer.performed(operation, by: call.invocation, on: identity)
    }
}

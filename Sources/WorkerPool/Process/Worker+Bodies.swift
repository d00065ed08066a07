import Invocations
import Failures
import NIOCore
import WorkerProtocol

/// The two bodies of a running call: the one that its function reads, and the result that it writes in pieces.
final class CallBodies {
    fileprivate enum Sending {
        /// The function has not asked for the body.
        case notWanted
        case pieces
        case ended
    }

    /// The progress of the call's body.
    fileprivate var sending = Sending.notWanted
    /// The pieces of the result, from the first one to the end of the call.
    fileprivate var result: BodyPipe?

    /// Whether enough of the result is waiting to be read.
    var isFull: Bool { result?.isFull ?? false }

    /// Handles the end of the call.
    func callEnded() {
        sending = .notWanted
        result = nil
    }
}

extension Worker {
    /// Sends the call's body, which the function has asked for.
    func sendBody(of call: ActiveInvocation) {
        guard bodies.sending == .notWanted else { return garbled() }
        bodies.sending = .pieces
        guard let body = call.invocation.body else { return endBody(of: call, isWhole: true) }
        let bound = NIOLoopBound((worker: self, call: call, body: body.value), eventLoop: eventLoop)
        Task.immediate(executorPreference: EventLoopTaskExecutor(eventLoop)) {
            let (worker, call, body) = bound.value
            let isWhole: Bool
            do {
                while let piece = try await body.next() { try await worker.send(piece, of: call) }
                isWhole = true
            } catch {
                isWhole = false
            }
            worker.endBody(of: call, isWhole: isWhole)
        }
    }

    /// Sends a piece, and returns once it is written to the pipe.
    private func send(_ piece: ByteBuffer, of call: ActiveInvocation) async throws {
        guard state.call === call, bodies.sending == .pieces else { throw CancellationError() }
        let written = eventLoop.makePromise(of: Void.self)
        write(self.piece(of: call, piece, isLast: false), written)
        try await written.futureResult.get()
    }

    private func piece(of call: ActiveInvocation, _ bytes: ByteBuffer, isLast: Bool) -> [ByteBuffer] {
        Framing.message(
            kind: EngineMessage.body.rawValue, of: call.invocation.id, [bytes], ByteBufferAllocator(), isLast: isLast)
    }

    /// Ends the body unless it has already ended. The process reads to the end of the body before it takes another
    /// call.
    ///
    /// - Parameter isWhole: whether the body is complete.
    private func endBody(of call: ActiveInvocation, isWhole: Bool) {
        guard state.call === call, bodies.sending == .pieces else { return }
        bodies.sending = .ended
        write(isWhole ? piece(of: call, ByteBuffer(), isLast: true) : cut(of: call))
    }

    private func cut(of call: ActiveInvocation) -> [ByteBuffer] {
        Framing.message(kind: EngineMessage.bodyCut.rawValue, of: call.invocation.id, [], ByteBufferAllocator())
    }

    /// Ends the bodies of a call that has ended.
    func endBodies(of call: ActiveInvocation) {
        if bodies.sending == .pieces { write(cut(of: call)) }
        bodies.callEnded()
        readOrPause()
    }

    /// Reads what the process writes, or stops reading, so that the process has to wait: while a message is parsed, and
    /// while enough of a result is waiting to be read.
    func readOrPause() {
        guard let options = channel?.syncOptions, let reads = reading.next(isFull: bodies.isFull) else { return }
        try? options.setOption(.autoRead, value: reads)
    }

    /// Passes on a piece of the call's result.
    func receivedResult(_ piece: ByteBuffer, of call: ActiveInvocation) {
        var piece = piece
        let result = bodies.result ?? beginResult(of: call)
        result.append(&piece)
    }

    private func beginResult(of call: ActiveInvocation) -> BodyPipe {
        let result = BodyPipe()
        bodies.result = result
        result.onWanted = { [weak self] in self?.readOrPause() }
        result.onUnused = { [weak self, weak call] in
            call?.cancel()
            self?.readOrPause()
        }
        call.returns(result, on: eventLoop)
        return result
    }
}

import Failures
import FunctionContracts
import Glibc
import Invocations
import NIOCore
import RunningProcesses

extension Worker {
    /// The time for which other processes may hold the output open after the worker's process has ended.
    private static let outputTime = TimeAmount.milliseconds(200)

    /// Asks the process to end by closing its control pipe. The process then kills itself and the processes that it
    /// started. If it does not end in time, it is killed.
    func end() {
        ends(because: "not-needed")
        closeControl()
        kill(after: limits.endTime)
    }

    /// Kills the process at once, even if it is stopped and cannot end itself.
    func kill() {
        // After the end of the results, the reaper kills the process if necessary, and its identifier may belong to
        // another process.
        guard state.isKillable else { return }
        _ = Glibc.kill(pid, SIGKILL)
        // Processes that it started may hold its end of the results open.
        resultsClosed()
    }

    /// Kills the process at once because the emulator is stopping. A running call fails.
    func stop() {
        ends(because: "stopping")
        fail(.stopping)
        kill()
    }

    /// Handles bytes that are not a message. The process is killed, because nothing that it writes can be trusted any
    /// more.
    func garbled() {
        if state.garble() { kill() }
    }

    /// Kills the process unless ``hasLoaded()`` is called in time.
    func expectLoading() {
        let box = NIOLoopBound(self, eventLoop: eventLoop)
        killTimer?.cancel()
        killTimer = eventLoop.scheduleTask(in: TimeAmount(limits.loadTime)) { box.value.loadingTakesLong() }
    }

    func hasLoaded() {
        killTimer?.cancel()
    }

    private func loadingTakesLong() {
        ends(because: "load-timeout")
        let seconds = limits.loadTime.components.seconds
        events.onLoadFailure(
            Failure(
                .workerUnavailable, "The functions were not loaded within \(seconds) s",
                remedy: "Look for code that runs while they are loaded and waits for something, then save."))
        kill()
    }

    func kill(after time: Duration) {
        let box = NIOLoopBound(self, eventLoop: eventLoop)
        killTimer?.cancel()
        killTimer = eventLoop.scheduleTask(in: TimeAmount(time)) { box.value.kill() }
    }

    private func closeControl() {
        guard control >= 0 else { return }
        _ = close(control)
        control = -1
    }

    /// Handles the end of the results. The process is dead, dying, or of no use any more.
    func resultsClosed() {
        let wasGarbled = state.isGarbled
        guard state.close() else { return }
        killTimer?.cancel()
        clock.stop()
        closeControl()
        channel?.close(promise: nil)
        events.onDying(self)
        let pid = pid, folder = launcher.crashFolder, functions = launcher.functions
        let group = group, eventLoop = eventLoop, reaper = reaper
        // The process is reaped only after it is in its group. Otherwise its identifier could belong to another
        // process, which would be moved into the group instead.
        let reaping = inGroup.flatMap {
            reaper.run(for: eventLoop) {
                let (end, wasAlive) = ProcessEnd.reap(pid)
                // Processes that it started must not outlive it.
                ProcessSession(id: pid).kill()
                let report = CrashReport.take(of: pid, endedBy: end.signal, from: folder, functions: functions)
                let isOverLimit = group?.wasEnded ?? false
                group?.remove()
                return Remains(
                    end: wasGarbled ? .garbled : wasAlive ? .wentSilent : end, report: report, isOverLimit: isOverLimit)
            }
        }
        let box = NIOLoopBound(self, eventLoop: eventLoop)
        reaping.whenComplete { remains in
            box.value.output.finish(within: Self.outputTime).whenComplete { _ in box.value.hasEnded(remains) }
        }
    }

    /// The information about a process that has ended.
    private struct Remains: Sendable {
        let end: ProcessEnd
        let report: CrashReport?
        /// Whether the kernel ended the processes of its group because they exceeded the memory limit.
        let isOverLimit: Bool
    }

    private func hasEnded(_ remains: Result<Remains, any Error>) {
        let known = try? remains.get()
        ends(because: known?.isOverLimit == true ? "memory" : known?.end.reason ?? "unknown")
        let fate = state.end(hasBegun: !isCallUnread)
        if callsLeft >= 0 { _ = close(callsLeft) }
        callsLeft = -1
        output.call = nil
        bodies.callEnded()
        switch fate {
        case .none, .notBegun: if let known { tellCrashBetweenCalls(known) }
        case .finished(let call, let outcome):
            if let known { tellCrashBetweenCalls(known) }
            call.finish(outcome)
        case .failed(let call):
            call.finish(.failure(failure(remains, of: call)), backtrace: known?.report?.frames ?? [])
        }
        events.onEnd(self)
        if case .notBegun(let call) = fate { events.onUndelivered(call) }
    }

    private func tellCrashBetweenCalls(_ remains: Remains) {
        guard let reason = remains.end.crashReason(report: remains.report, errorOutput: output.endOfErrors) else {
            return
        }
        observer.workerCrashed(
            identity,
            WorkerCrash(reason: reason, place: remains.report?.place, backtrace: remains.report?.frames ?? []))
    }

    /// Whether the end of the last call is still in the pipe. A call begins once all of it has been read.
    var isCallUnread: Bool {
        var left: CInt = 0
        return unsafe !state.hasBegunCall && callsLeft >= 0 && ioctl(callsLeft, UInt(FIONREAD), &left) == 0 && left > 0
    }

    private func failure(_ result: Result<Remains, any Error>, of call: ActiveInvocation) -> Failure {
        switch result {
        case .success(let remains):
            if remains.isOverLimit { return groupFailure(of: call) }
            let failure = remains.end.failure(
                report: remains.report, errorOutput: output.endOfErrors, function: call.function)
            // Swift's runtime uses these words when the system refuses it memory.
            guard failure.code == .functionCrashed, failure.message.contains("failed to allocate") else {
                return failure
            }
            var refused = memoryFailure(of: call, "was refused more memory")
            refused.location = failure.location
            return refused
        case .failure(let error):
            return Failure(.internalError, "A worker ended and cannot be examined: \(error)")
        }
    }
}

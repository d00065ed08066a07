import Failures
import FoundationEssentials
import FunctionContracts
import Glibc
import Invocations
import Logging
import NIOCore
import NIOPosix
import Values
import WorkerProtocol

/// One worker process with its pipes. Everything happens on one event loop.
final class Worker {
    /// Callbacks to a worker's pool.
    struct Events {
        /// The worker has loaded the plugin, or finished a call.
        var onFree: (Worker) -> Void
        /// The worker died before it had a whole call.
        var onUndelivered: (ActiveInvocation) -> Void
        /// The worker closed its pipes, and can run no more calls.
        var onDying: (Worker) -> Void
        /// The worker's process is gone and reaped.
        var onEnd: (Worker) -> Void
        /// The worker cannot load the plugin.
        var onLoadFailure: (Failure) -> Void
        /// The worker answered ``IngressMessage/describe``.
        var onDescription: (ByteBuffer) -> Void
    }

    let pid: pid_t
    let identity: WorkerIdentity
    /// When its process was started, and when it had loaded the plugin.
    private let startedAt = NIODeadline.now()
    private var readyAt: NIODeadline?
    let launcher: WorkerLauncher
    let eventLoop: any EventLoop
    let limits: WorkerLimits
    let events: Events
    let observer: any PoolObserver
    let logger: Logger
    let output: WorkerOutput
    /// Its process, and the call that it runs.
    var state = WorkerState<ActiveInvocation, Result<ByteBuffer, Failure>>()
    var channel: (any Channel)?
    /// The reason for its end, as metrics name it; nil while it lives.
    private(set) var endReason: String?
    /// In bytes, for the call that runs; 0 before the first.
    var memoryLimit = 0
    /// Its control group; nil when there are none.
    let group: MemoryGroup?
    /// Succeeds when the process is in its group.
    let inGroup: EventLoopFuture<Void>
    /// Write end of the control pipe, -1 once closed.
    var control: CInt
    /// A second descriptor of the write end of the calls' pipe, which tells what of them was not read; -1 once closed.
    var callsLeft: CInt
    /// When the call that runs takes too long; nil when none runs.
    private var callEnd: (time: NIODeadline, timeout: Duration, isLate: Bool)?
    /// Looks at ``callEnd``. It outlasts calls, so that most need none of their own.
    private var timer: (scheduled: Scheduled<Void>, time: NIODeadline)?
    /// Kills a process that takes too long to load the plugin, or to end.
    var killTimer: Scheduled<Void>?
    /// In bytes, when it was looked at last.
    var lastResidentMemory = 0
    /// The number of calls that it has run since its memory was looked at.
    var callsSinceLook = 0
    var hasRun = false
    /// Which version of the configuration the process has.
    private var configurationVersion = -1
    private var unsent: [ByteBuffer] = []

    /// Starts a process.
    ///
    /// - Throws: ``Failure`` when the system refuses.
    init(
        launcher: WorkerLauncher, eventLoop: any EventLoop, limits: WorkerLimits, groups: MemoryGroups?,
        generation: Int, logger: Logger, events: Events, observer: any PoolObserver
    ) throws(Failure) {
        eventLoop.preconditionInEventLoop()
        let process = try launcher.launch()
        pid = process.pid
        let identity = WorkerIdentity(pid: process.pid, generation: generation)
        self.identity = identity
        self.observer = observer
        control = process.control
        callsLeft = fcntl(process.calls, F_DUPFD_CLOEXEC, SpawnedProcess.lowestDescriptor)
        self.launcher = launcher
        self.eventLoop = eventLoop
        self.limits = limits
        self.events = events
        var logger = logger
        logger[metadataKey: "worker.pid"] = "\(process.pid)"
        self.logger = logger
        output = WorkerOutput(
            output: process.output, errors: process.errors, limit: limits.output, eventLoop: eventLoop
        ) { stream, lines, call in
            observer.printed(PrintedLines(stream, lines), by: call?.invocation, call?.function, on: identity)
        }
        group = groups.map { MemoryGroup(of: process.pid, limit: limits.memory, in: $0) }
        inGroup = group?.start(on: eventLoop) ?? eventLoop.makeSucceededVoidFuture()
        preferForOutOfMemory()
        limitMemory(limits.memory)
        connect(process)
        expectLoading()
    }

    /// Hands a call over; the worker must be idle.
    func run(_ call: ActiveInvocation, configuration: ConfigurationState) {
        state.begin(call)
        output.call = call
        call.starts(on: identity, start: hasRun ? nil : readyAt.map { (startedAt, $0) })
        hasRun = true
        callsSinceLook += 1
        let timeout = timeout(of: call)
        limitMemory(call.function?.memory ?? limits.memory)
        expectEnd(in: TimeAmount(timeout), timeout: timeout)
        let allocator = channel?.allocator ?? ByteBufferAllocator()
        if configurationVersion != configuration.version {
            configurationVersion = configuration.version
            write(Framing.message(kind: IngressMessage.configuration.rawValue, [configuration.json], allocator))
        }
        let delivered = eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound((worker: self, call: call), eventLoop: eventLoop)
        delivered.futureResult.whenFailure { _ in bound.value.worker.notDelivered(bound.value.call) }
        write(call.message(allocator, deadline: Date(timeIntervalSinceNow: timeout / .seconds(1))), delivered)
    }

    private func timeout(of call: ActiveInvocation) -> Duration {
        if case .description = call.invocation.input { return min(limits.callTimeout, WorkerLimits.descriptionTimeout) }
        let timeout = call.function?.timeout ?? limits.callTimeout
        guard let deadline = call.invocation.deadline else { return timeout }
        return min(timeout, .nanoseconds(max(0, (deadline - .now()).nanoseconds)))
    }

    /// The process had died before it had the whole call, so the call has not begun: another worker may take it.
    private func notDelivered(_ call: ActiveInvocation) {
        guard state.call === call, takeCall() != nil else { return }
        events.onUndelivered(call)
    }

    /// Ends the call that runs at a time, unless it has ended by then.
    ///
    /// - Parameters:
    ///   - timeout: how long it may take, as its caller is told.
    ///   - isLate: whether it was waited for a crash report, or for the call to begin on a busy machine.
    private func expectEnd(in time: TimeAmount, timeout: Duration, isLate: Bool = false) {
        let time = NIODeadline.now() + time
        callEnd = (time, timeout, isLate)
        guard timer.map({ $0.time > time }) ?? true else { return }
        timer?.scheduled.cancel()
        let worker = NIOLoopBound(self, eventLoop: eventLoop)
        timer = (eventLoop.scheduleTask(deadline: time) { worker.value.timePassed() }, time)
    }

    private func timePassed() {
        timer = nil
        guard let (time, timeout, isLate) = callEnd else { return }
        if time <= .now() {
            timedOut(after: timeout, isLate: isLate)
        } else {
            expectEnd(in: time - .now(), timeout: timeout, isLate: isLate)
        }
    }

    /// Lets go of the timer, which would keep this object.
    func stopTimer() {
        timer?.scheduled.cancel()
        timer = nil
    }

    private func timedOut(after timeout: Duration, isLate: Bool) {
        guard let call = state.call else { return }
        guard isLate || !(output.isCrashing || isCallUnread) else {
            let more = output.isCrashing ? Self.crashReportTime : max(TimeAmount(timeout), Self.readingTime)
            return expectEnd(in: more, timeout: timeout, isLate: true)
        }
        ends(because: "timeout")
        guard !isCallUnread else {
            fail(
                Failure(
                    .workerUnavailable, "The worker process did not begin the call in time and was ended",
                    remedy: "Call again. The machine may be busy, or somebody has stopped the process."))
            return kill()
        }
        fail(
            Failure(
                .functionTimedOut, "The function took longer than \(timeout) and was ended",
                remedy: call.function?.timeout == nil
                    ? "Make it quicker, or raise FUNCTION_TIMEOUT_MS." : "Make it quicker, or raise its own limit.",
                location: call.function?.place))
        kill()
    }

    /// Says why it ends; the first reason counts.
    func ends(because reason: String) {
        endReason = endReason ?? reason
    }

    /// Whether it runs a call.
    var isBusy: Bool { state.call != nil }

    /// Whether it runs that call.
    func isRunning(_ call: ActiveInvocation) -> Bool { state.call === call }

    /// Says that it has loaded the plugin.
    func noteReady() {
        readyAt = readyAt ?? .now()
    }

    /// Asks for the description of the plugin.
    func describe() {
        expectLoading()
        write(Framing.message(kind: IngressMessage.describe.rawValue, [], ByteBufferAllocator()))
    }

    /// The time that the runtime has to write a crash report after the call's time is over.
    private static let crashReportTime = TimeAmount.seconds(2)
    /// The time that a worker has to read a call whose caller has gone.
    private static let readingTime = TimeAmount.seconds(1)

    /// Cancels the task of the call that runs. A worker that does not even read the call is stopped, and is killed.
    func cancelCall() {
        guard let call = state.call else { return }
        sendControl(.cancel, call.invocation.id.encoded)
        guard isCallUnread else { return }
        let bound = NIOLoopBound((worker: self, call: call), eventLoop: eventLoop)
        eventLoop.scheduleTask(in: Self.readingTime) {
            let (worker, call) = bound.value
            guard worker.state.call === call, worker.isCallUnread else { return }
            worker.ends(because: "stopped")
            worker.fail(call.cancellation ?? .callerGone)
            worker.kill()
        }
    }

    /// Says where the document store is.
    func tell(_ documentStore: DocumentStoreState) {
        sendControl(.documentStore, (try? JSONValue.object(documentStore.json).jsonBytes()) ?? [])
    }

    /// Writes a message of at most the pipe's size. A worker that has not read so many that the pipe is full is
    /// stopped, and gets no more.
    private func sendControl(_ kind: ControlMessage, _ payload: [UInt8]) {
        guard control >= 0, let header = FrameHeader.pieces(kind: kind.rawValue, length: payload.count).first else {
            return
        }
        var message: [UInt8] = []
        message.append(littleEndian: header.encoded)
        message.append(contentsOf: payload)
        unsafe message.withUnsafeBytes { unsafe _ = Glibc.write(control, $0.baseAddress, $0.count) }
    }

    /// Takes away the call that runs.
    func takeCall() -> ActiveInvocation? {
        output.call = nil
        callEnd = nil
        return state.takeCall()
    }

    func fail(_ failure: Failure) {
        takeCall()?.finish(.failure(failure))
    }

    /// - Parameter promise: fails when not all of the bytes could be written.
    private func write(_ buffers: [ByteBuffer], _ promise: EventLoopPromise<Void>? = nil) {
        guard let channel else {
            unsent += buffers
            promise?.succeed()
            return
        }
        for buffer in buffers.dropLast() { channel.write(buffer, promise: nil) }
        if let last = buffers.last { channel.write(last, promise: promise) }
        channel.flush()
    }

    private func connect(_ process: SpawnedProcess) {
        let box = NIOLoopBound(self, eventLoop: eventLoop)
        NIOPipeBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(MessageHandler(worker: box.value))
                }
            }
            .takingOwnershipOfDescriptors(input: process.results, output: process.calls)
            .whenComplete { box.value.connected($0) }
    }

    private func connected(_ result: Result<any Channel, any Error>) {
        switch result {
        case .success(let channel):
            self.channel = channel
            for buffer in unsent { channel.write(buffer, promise: nil) }
            unsent = []
            channel.flush()
        case .failure(let error):
            logger.error("Could not connect to a worker", metadata: ["error": "\(error)"])
            resultsClosed()
        }
    }

    /// Ends the call that runs with an outcome, once all is read that it printed.
    func finishCall(_ outcome: Result<ByteBuffer, Failure>) {
        guard state.finish(outcome) else { return }
        callEnd = nil
        output.whenRead { [weak self] in self?.outputIsRead() }
    }

    private func outputIsRead() {
        guard let (call, outcome) = state.outputIsRead() else { return }
        output.call = nil
        // The next call first: who gets the outcome may make one at once.
        call.finish(outcome) { events.onFree(self) }
    }
}

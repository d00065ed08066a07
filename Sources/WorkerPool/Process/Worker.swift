import Failures
import FoundationEssentials
import FunctionContracts
import Glibc
import Invocations
import NIOCore
import NIOPosix
import Values
import WorkerProtocol

/// One worker process with its pipes. It may be used only on the event loop.
final class Worker {
    /// Callbacks to a worker's pool.
    struct Events {
        /// The worker has loaded the plugin, or finished a call.
        var onFree: (Worker) -> Void
        /// The worker died before it had received the whole call.
        var onUndelivered: (ActiveInvocation) -> Void
        /// The worker closed its pipes, and can run no more calls.
        var onDying: (Worker) -> Void
        /// The worker's process has ended and been reaped.
        var onEnd: (Worker) -> Void
        /// The worker cannot load the plugin.
        var onLoadFailure: (Failure) -> Void
        /// The worker answered ``EngineMessage/describe``.
        var onDescription: (ByteBuffer) -> Void
    }

    let pid: pid_t
    let identity: WorkerIdentity
    /// The time at which the process was started.
    private let startedAt = NIODeadline.now()
    /// The time at which the process had loaded the plugin, or nil until then.
    private(set) var readyAt: NIODeadline?
    let launcher: WorkerLauncher
    let eventLoop: any EventLoop
    let limits: WorkerLimits
    let events: Events
    let observer: any PoolObserver
    let output: WorkerOutput
    /// The state of the process and of the call that it runs.
    var state = WorkerState<ActiveInvocation, Result<ByteBuffer, Failure>>()
    var channel: (any Channel)?
    /// The bodies of the running call, which its function reads and writes in pieces.
    let bodies = CallBodies()
    /// The reading of the pipe for results.
    var reading = PipeReading()
    let clock: CallClock
    /// The reason for the worker's end, as metrics name it, or nil while it lives.
    private(set) var endReason: String?
    var memory = MemoryUse()
    /// The process's control group, or nil if control groups are not available.
    let group: MemoryGroup?
    /// A future that succeeds when the process is in its group.
    let inGroup: EventLoopFuture<Void>
    let reaper: WorkThreads
    /// The write end of the control pipe, or -1 once it is closed.
    var control: CInt
    /// A second descriptor of the write end of the pipe for calls, which shows how much of them is unread, or -1 once
    /// it is closed.
    var callsLeft: CInt
    /// The timer that kills a process that takes too long to load the plugin, or to end.
    var killTimer: Scheduled<Void>?
    /// The version of the configuration that the process has.
    private var configurationVersion = -1
    /// The bytes that wait until the pipes are connected.
    private var unsent: [ByteBuffer] = []

    /// Starts a process.
    ///
    /// - Throws: ``Failure`` if the system refuses.
    init(
        launcher: WorkerLauncher, eventLoop: any EventLoop, limits: WorkerLimits, groups: MemoryGroups?,
        reaper: WorkThreads, generation: Int, events: Events, observer: any PoolObserver
    ) throws(Failure) {
        eventLoop.preconditionInEventLoop()
        let process = try launcher.launch()
        pid = process.pid
        let identity = WorkerIdentity(pid: process.pid, generation: generation)
        self.identity = identity
        self.observer = observer
        self.reaper = reaper
        control = process.control
        callsLeft = fcntl(process.calls, F_DUPFD_CLOEXEC, SpawnedProcess.lowestDescriptor)
        self.launcher = launcher
        self.eventLoop = eventLoop
        self.limits = limits
        self.events = events
        clock = CallClock(eventLoop: eventLoop)
        output = WorkerOutput(
            output: process.output, errors: process.errors, limit: limits.output, eventLoop: eventLoop
        ) { stream, lines, call in
            observer.printed(PrintedLines(stream, lines), by: call?.invocation, call?.function, on: identity)
        }
        group = groups.map { MemoryGroup(of: process.pid, limit: limits.memory, in: $0) }
        inGroup = group?.start(on: eventLoop) ?? eventLoop.makeSucceededVoidFuture()
        clock.onTime = { [unowned self] in timedOut(after: $0, isLate: $1) }
        preferForOutOfMemory()
        limitMemory(limits.memory)
        connect(process)
        expectLoading()
    }

    /// Hands a call to the process. The worker must be idle.
    func run(_ call: ActiveInvocation, configuration: ConfigurationState) {
        call.starts(on: identity, start: state.hasRun ? nil : readyAt.map { (startedAt, $0) })
        state.begin(call)
        output.call = call
        memory.callsSinceRead += 1
        let limit = limit(of: call)
        limitMemory(call.function?.memory ?? limits.memory)
        clock.expectEnd(in: TimeAmount(limit.duration), of: limit)
        let allocator = channel?.allocator ?? ByteBufferAllocator()
        if configurationVersion != configuration.version {
            configurationVersion = configuration.version
            write(Framing.message(kind: EngineMessage.configuration.rawValue, [configuration.json], allocator))
        }
        let delivered = eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound((worker: self, call: call), eventLoop: eventLoop)
        delivered.futureResult.whenFailure { _ in bound.value.worker.notDelivered(bound.value.call) }
        write(call.message(allocator, deadline: Date(timeIntervalSinceNow: limit.duration / .seconds(1))), delivered)
    }

    /// Takes back a call that the process did not receive completely because it had died. Another worker may run it.
    private func notDelivered(_ call: ActiveInvocation) {
        guard state.call === call, !state.hasBegunCall, takeCall() != nil else { return }
        events.onUndelivered(call)
    }

    /// Records the reason for the worker's end. Only the first reason counts.
    func ends(because reason: String) {
        endReason = endReason ?? reason
    }

    /// Whether the worker runs a call.
    var isBusy: Bool { state.call != nil }

    /// Whether the worker runs the given call.
    func isRunning(_ call: ActiveInvocation) -> Bool { state.call === call }

    /// Records that the process has loaded the plugin.
    func isReady() {
        readyAt = .now()
    }

    /// Asks the process for the plugin's description.
    func describe() {
        expectLoading()
        write(Framing.message(kind: EngineMessage.describe.rawValue, [], ByteBufferAllocator()))
    }

    /// The time that a worker has to read a call whose caller has gone.
    private static let readingTime = TimeAmount.seconds(1)

    /// Cancels the task of the running call. A worker that does not even read the call must have been stopped, and is
    /// killed.
    func cancelCall() {
        guard let call = state.call else { return }
        sendControl(.cancel, [], of: call.invocation.id)
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

    /// Sends the state of the document store to the process.
    func tell(_ documentStore: DocumentStoreState) {
        sendControl(.documentStore, (try? JSONValue.object(documentStore.json).jsonBytes()) ?? [], of: .none)
    }

    /// Writes a message that is no longer than the pipe. If the worker has left so many messages unread that the pipe
    /// is full, it must have been stopped, and the message is dropped.
    private func sendControl(_ kind: ControlMessage, _ payload: [UInt8], of call: ActivationID) {
        guard control >= 0 else { return }
        var message: [UInt8] = []
        message.append(FrameHeader(kind: kind.rawValue, length: payload.count, of: call))
        message.append(contentsOf: payload)
        unsafe message.withUnsafeBytes { unsafe _ = Glibc.write(control, $0.baseAddress, $0.count) }
    }

    /// Removes and returns the running call.
    func takeCall() -> ActiveInvocation? {
        output.call = nil
        clock.callEnded()
        bodies.callEnded()
        return state.takeCall()
    }

    func fail(_ failure: Failure) {
        takeCall()?.finish(.failure(failure))
    }

    /// Writes bytes to the pipe for calls, or keeps them until the pipes are connected.
    ///
    /// - Parameter promise: a promise that fails if not all of the bytes could be written.
    func write(_ buffers: [ByteBuffer], _ promise: EventLoopPromise<Void>? = nil) {
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
            events.onLoadFailure(Failure(.workerUnavailable, "A worker's pipes cannot be used: \(error)"))
            resultsClosed()
        }
    }

    /// Ends the running call with an outcome, once everything that it printed has been read.
    func finishCall(_ outcome: Result<ByteBuffer, Failure>) {
        guard state.finish(outcome) else { return }
        clock.callEnded()
        output.whenRead { [weak self] in self?.outputIsRead() }
    }

    private func outputIsRead() {
        guard let (call, outcome) = state.outputIsRead() else { return }
        output.call = nil
        endBodies(of: call)
        // The worker becomes free first, because the receiver of the outcome may make another call at once.
        call.finish(outcome) { events.onFree(self) }
    }
}

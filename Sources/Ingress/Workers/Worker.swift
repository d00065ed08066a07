import FoundationEssentials
import Glibc
import InvocationProtocol
import Logging
import NIOCore
import NIOPosix
import RunningProcesses
import Values

/// One worker process with its pipes. Everything happens on one event loop.
final class Worker {
    /// What a worker tells its pool.
    struct Events {
        /// It has loaded the plugin, or finished a call.
        var isFree: (Worker) -> Void
        /// It died before it had a whole call.
        var notDelivered: (WorkerCall) -> Void
        /// It closed its pipes, and can run no more calls.
        var isDying: (Worker) -> Void
        /// Its process is gone and reaped.
        var hasEnded: (Worker) -> Void
        /// It cannot load the plugin.
        var failedToLoad: (InvocationFailure) -> Void
        /// It answered ``IngressMessage/describe``.
        var described: (ByteBuffer) -> Void
    }

    let pid: pid_t
    private let launcher: WorkerLauncher
    private let eventLoop: any EventLoop
    private let functionsFolder: String
    private let events: Events
    private let logger: Logger
    private var control: CInt
    private var channel: (any Channel)?
    private var currentCall: WorkerCall?
    /// Ends the call that runs when it takes too long.
    private var timer: Scheduled<Void>?
    /// Which version of the configuration the process has.
    private var configurationVersion = -1
    private var unsent: [ByteBuffer] = []
    private var hasEnded = false
    /// What reads the process's standard output and error.
    private var outputs: [EventLoopFuture<any Channel>] = []
    /// How long output is waited for once the process is gone.
    private static let outputGrace = TimeAmount.milliseconds(200)
    private var errorOutput: OutputHandler?

    /// Starts a process.
    ///
    /// - Throws: ``InvocationFailure`` when the system refuses.
    init(
        launcher: WorkerLauncher, eventLoop: any EventLoop, functionsFolder: String, logger: Logger, events: Events
    ) throws(InvocationFailure) {
        eventLoop.preconditionInEventLoop()
        let process = try launcher.launch()
        pid = process.pid
        control = process.control
        self.launcher = launcher
        self.eventLoop = eventLoop
        self.functionsFolder = functionsFolder
        self.events = events
        var logger = logger
        logger[metadataKey: "worker.pid"] = "\(process.pid)"
        self.logger = logger
        connect(process)
    }

    /// Hands a call over; the worker must be idle.
    ///
    /// - Parameter timeout: how long the call may take; then it fails and the process is killed.
    func run(_ call: WorkerCall, configuration: ConfigurationState, timeout: Duration) {
        currentCall = call
        let worker = NIOLoopBound(self, eventLoop: eventLoop)
        timer = eventLoop.scheduleTask(in: TimeAmount(timeout)) { worker.value.timedOut(after: timeout) }
        let allocator = channel?.allocator ?? ByteBufferAllocator()
        if configurationVersion != configuration.version {
            configurationVersion = configuration.version
            write(Framing.message(kind: IngressMessage.configuration.rawValue, [configuration.json], allocator))
        }
        let delivered = eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(call, eventLoop: eventLoop)
        delivered.futureResult.whenFailure { _ in worker.value.notDelivered(bound.value) }
        write(call.message(allocator, deadline: Date(timeIntervalSinceNow: timeout / .seconds(1))), delivered)
    }

    /// The process had died before it had the whole call, so the call has not begun: another worker may take it.
    private func notDelivered(_ call: WorkerCall) {
        guard currentCall === call else { return }
        currentCall = nil
        timer?.cancel()
        events.notDelivered(call)
    }

    private func timedOut(after timeout: Duration) {
        guard let call = currentCall else { return }
        fail(
            InvocationFailure(
                .functionTimedOut, "The function took longer than \(timeout) and was ended",
                remedy: "Make it quicker, or raise FUNCTION_TIMEOUT_MS.", location: call.function.place))
        kill()
    }

    /// Whether it runs that call.
    func isRunning(_ call: WorkerCall) -> Bool { currentCall === call }

    /// Asks for the description of the plugin.
    func describe() {
        write(Framing.message(kind: IngressMessage.describe.rawValue, [], ByteBufferAllocator()))
    }

    /// Cancels the task of the call that runs.
    func cancelCall() {
        guard let currentCall else { return }
        sendControl(.cancel, currentCall.activationID.encoded)
    }

    /// Says where the document store is.
    func tell(_ documentStore: DocumentStoreState) {
        sendControl(.documentStore, (try? JSONValue.object(documentStore.json).jsonBytes()) ?? [])
    }

    /// Writes a message of at most the pipe's size. A worker that has not read so many that the pipe is full is stopped, and gets
    /// no more.
    private func sendControl(_ kind: ControlMessage, _ payload: [UInt8]) {
        guard control >= 0, let header = FrameHeader.pieces(kind: kind.rawValue, length: payload.count).first else {
            return
        }
        var message: [UInt8] = []
        message.append(littleEndian: header.encoded)
        message.append(contentsOf: payload)
        unsafe message.withUnsafeBytes { unsafe _ = Glibc.write(control, $0.baseAddress, $0.count) }
    }

    /// Lets the process end: without its control pipe it kills itself and what it started.
    func end() {
        guard control >= 0 else { return }
        _ = close(control)
        control = -1
    }

    /// Ends the process at once because the emulator stops; a call that it runs fails.
    func stop() {
        fail(.stopping)
        kill()
    }

    private func fail(_ failure: InvocationFailure) {
        guard let call = currentCall else { return }
        currentCall = nil
        timer?.cancel()
        call.finish(.failure(failure))
    }

    /// Ends the process at once, also one that is stopped and could not end itself.
    private func kill() {
        _ = Glibc.kill(pid, SIGKILL)
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
        let bootstrap = NIOPipeBootstrap(group: eventLoop)
        bootstrap
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        ByteToMessageHandler(FrameDecoder()), MessageHandler(worker: box.value))
                }
            }
            .takingOwnershipOfDescriptors(input: process.results, output: process.calls)
            .whenComplete { box.value.connected($0) }
        errorOutput = read(process.errors, stream: "stderr")
        _ = read(process.output, stream: "stdout")
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

    private func read(_ descriptor: CInt, stream: String) -> OutputHandler {
        let handler = OutputHandler { [weak self] line in self?.printed(line, stream: stream) }
        let box = NIOLoopBound(handler, eventLoop: eventLoop)
        outputs.append(
            NIOPipeBootstrap(group: eventLoop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(box.value) }
                }
                .takingOwnershipOfDescriptor(input: descriptor))
        return handler
    }

    private func printed(_ line: String, stream: String) {
        var metadata: Logger.Metadata = ["stream": "\(stream)"]
        if let currentCall {
            metadata["function.name"] = "\(currentCall.function.path)"
            metadata["activation.id"] = "\(currentCall.activationID)"
        }
        // What a function prints is shown at every level of logging.
        var logger = logger
        logger.logLevel = .trace
        logger.info("\(line)", metadata: metadata)
    }

    fileprivate func received(_ message: FrameDecoder.Message) {
        switch WorkerMessage(rawValue: message.kind) {
        case .ready: events.isFree(self)
        case .loadFailed: events.failedToLoad(failure(in: message.payload))
        case .description: events.described(message.payload)
        case .result: finishCall(.success(message.payload))
        case .failure: finishCall(.failure(failure(in: message.payload)))
        case .log: logged(message.payload)
        case nil:
            logger.error("A worker sent a message of unknown kind", metadata: ["kind": "\(message.kind)"])
            end()
        }
    }

    private func finishCall(_ outcome: Result<ByteBuffer, InvocationFailure>) {
        // A result that comes after the time was over finds a worker that is being killed.
        guard let call = currentCall else { return }
        currentCall = nil
        timer?.cancel()
        call.finish(outcome)
        events.isFree(self)
    }

    private func failure(in payload: ByteBuffer) -> InvocationFailure {
        let json = try? JSONValue(parsing: payload.readableBytesUInt8Span)
        return json?.object.flatMap(InvocationFailure.init(json:))
            ?? InvocationFailure(.internalError, "A worker reported a failure that cannot be read")
    }

    private func logged(_ payload: ByteBuffer) {
        guard let json = (try? JSONValue(parsing: payload.readableBytesUInt8Span))?.object,
            let record = LogRecord(json: json), let level = Logger.Level(rawValue: record.level)
        else { return }
        var metadata: Logger.Metadata = [:]
        for (key, value) in record.metadata { metadata[key] = "\(value.string ?? "")" }
        if let currentCall {
            metadata["function.name"] = "\(currentCall.function.path)"
            metadata["activation.id"] = "\(currentCall.activationID)"
        }
        logger.log(level: level, "\(record.message)", metadata: metadata)
    }

    /// The process closed its end of the results: it is dead or dying.
    fileprivate func resultsClosed() {
        guard !hasEnded else { return }
        hasEnded = true
        events.isDying(self)
        end()
        let pid = pid, folder = launcher.crashFolder, functionsFolder = functionsFolder
        let process = NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) {
            // A process that closed its pipes and lives on is of no use; one that is dying has its end already.
            _ = Glibc.kill(pid, SIGKILL)
            let end = ProcessEnd.wait(for: pid)
            // What it started must not outlive it, nor hold its output open.
            ProcessSession(id: pid).kill()
            return (end, CrashReport.take(of: pid, from: folder, functionsFolder: functionsFolder))
        }
        let box = NIOLoopBound(self, eventLoop: eventLoop)
        process.whenComplete { _ in
            // What a function left running in a session of its own may hold the output open for good.
            box.value.eventLoop.scheduleTask(in: Self.outputGrace) { box.value.closeOutput() }
        }
        let output = EventLoopFuture.andAllComplete(outputs.map { $0.flatMap(\.closeFuture) }, on: eventLoop)
        process.and(output).whenComplete { result in
            let worker = box.value
            if let call = worker.currentCall { worker.fail(worker.failure(result.map(\.0), of: call)) }
            worker.events.hasEnded(worker)
        }
    }

    private func closeOutput() {
        for output in outputs { output.whenSuccess { $0.close(promise: nil) } }
    }

    private func failure(
        _ result: Result<(ProcessEnd, CrashReport?), any Error>, of call: WorkerCall
    ) -> InvocationFailure {
        switch result {
        case .success((let end, let report)):
            let failure = end.failure(report: report, errorOutput: errorOutput?.tail ?? "", function: call.function)
            for frame in report?.frames ?? [] { logger.error("  \(frame)") }
            return failure
        case .failure(let error):
            return InvocationFailure(.internalError, "A worker ended and cannot be examined: \(error)")
        }
    }
}

/// Hands a worker's messages on.
private final class MessageHandler: ChannelInboundHandler {
    typealias InboundIn = FrameDecoder.Message

    private let worker: Worker

    init(worker: Worker) {
        self.worker = worker
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        worker.received(Self.unwrapInboundIn(data))
    }

    func channelInactive(context: ChannelHandlerContext) {
        worker.resultsClosed()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A write to a process that has died, or bytes that are no message: either way the process is of no use.
        context.close(promise: nil)
    }
}

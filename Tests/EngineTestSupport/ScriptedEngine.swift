package import Engine
package import Failures
import Foundation
import FunctionContracts
package import Invocations
import Logging
package import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import WorkerPool
package import WorkerProtocol

/// An engine whose workers are shell scripts, so that they do exactly what a test needs, and at once.
package final class ScriptedEngine: Sendable {
    package let engine: Engine
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let folder: ScratchFolder
    private let record = Record()

    /// Creates an engine.
    ///
    /// - Parameters:
    ///   - maximumWorkers: the largest number of worker processes at a time.
    ///   - maximumWaiting: the largest number of calls that wait.
    ///   - loadTime: the longest time that a worker may take to load.
    ///   - callTimeout: the longest time that a call may take.
    package init(
        maximumWorkers: Int = 1, maximumWaiting: Int = 1000, loadTime: Duration = patience,
        callTimeout: Duration = patience
    ) async throws {
        folder = try ScratchFolder(named: "scripted")
        var limits = WorkerLimits(
            maximumWorkers: maximumWorkers, maximumWaiting: maximumWaiting, callTimeout: callTimeout)
        limits.loadTime = loadTime
        limits.endTime = .milliseconds(50)
        engine = try await Engine(
            eventLoop: group.next(), settings: EngineSettings(limits: limits, buildWait: patience),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, changeCount: { 0 })
        try await engine.observe { [record] in Recorder(record) }
    }

    deinit {
        group.shutdownGracefully { _ in }
    }

    /// The workers' output so far, with the call that each worker was running.
    package var output: [Printed] { record.printed }

    /// The events of a call so far, in order.
    package func events(of call: ActivationID) -> [String] { record.events[call] ?? [] }

    /// The outcome of a call; nil before its end.
    package func outcome(of call: ActivationID) -> Outcome? { record.outcomes[call] }

    /// Returns the text that a call printed to a stream.
    package func output(of call: ActivationID, _ stream: PrintedLines.Stream) -> String {
        output.filter { $0.activationID == call && $0.lines.stream == stream }.map {
            String(decoding: $0.lines.bytes, as: UTF8.self)
        }.joined()
    }

    /// Installs a worker and puts it into effect.
    ///
    /// - Parameters:
    ///   - call: the script that runs for a call; `answer JSON` and `fail TEXT` end the call, `log TEXT` logs,
    ///     `operate NAME` reports an operation, `piece TEXT` writes a piece of the result, `read_body` prints the
    ///     call's body, and `await_cancel` waits until the call is cancelled.
    ///   - before: the script that runs before the worker reports that it is ready.
    ///   - isTool: whether the function is an agent's tool, whose schema `call` makes first.
    package func install(_ call: String, before: String = "", isTool: Bool = false) async throws {
        let script = UUID().uuidString
        try folder.write(Self.script(call: call, before: before, isTool: isTool), to: script)
        let launcher = WorkerLauncher(
            executable: "/bin/sh", plugin: folder(script), functions: FunctionsFolder("/functions"),
            crashFolder: folder.path,
            environment: ["PATH": "/usr/bin:/bin"])
        _ = try await engine.install(launcher, number: 1, covering: 0)
    }

    /// Calls the function.
    ///
    /// - Parameter beforeReading: called when the result, or its first piece, has come.
    @discardableResult
    package func call(
        _ id: ActivationID = .random(), caller: SharedCaller = SharedCaller(), delivery: Invocation.Delivery = .wait,
        deadline: NIODeadline? = nil, body: NIOLoopBound<any BodyStream>? = nil,
        beforeReading: () async throws -> Void = {}
    ) async throws -> String {
        let core = engine.core, eventLoop = engine.eventLoop
        let invocation = Invocation(
            id: id, cause: .http, target: try FunctionName("functions.a.f"), body: body, delivery: delivery,
            deadline: deadline)
        let outcome = await withCheckedContinuation { continuation in
            eventLoop.execute {
                let call = core.value.run(invocation) { continuation.resume(returning: $0) }
                caller.waits(for: call, on: eventLoop)
            }
        }
        let result = try outcome.result.get()
        try await beforeReading()
        return try await Task(executorPreference: engine.executor) {
            String(buffer: try await result.collected())
        }.value
    }

    /// Installs a worker that stops itself before it reads a call; those after it answer 1.
    ///
    /// - Returns: its process identifier, once it is stopped.
    package func installStoppedWorker() async throws -> Int32 {
        try await install(
            "answer 1",
            before: """
                [ -e $folder/notes ] || {
                    note $$
                    (while [ ! -e $folder/stop ]; do sleep 0.01; done; kill -STOP $$; note stopped) &
                }
                """)
        write("stop")
        try await eventually("the worker is stopped") { notes.contains("stopped") }
        return Int32(notes.split(separator: "\n").first ?? "") ?? 0
    }

    /// Returns the failure that a call ends with, or nil when it succeeds.
    package func failure(of call: () async throws -> String) async -> Failure? {
        do {
            _ = try await call()
            return nil
        } catch {
            return error as? Failure
        }
    }

    /// Makes a file in the scripts' `$folder`.
    package func write(_ name: String) {
        _ = FileManager.default.createFile(atPath: folder(name), contents: nil)
    }

    /// The texts that the scripts wrote with `note TEXT`, one per line.
    package var notes: String { folder.read("notes") ?? "" }

    private static func script(call: String, before: String, isTool: Bool) -> String {
        let tool = isTool ? #","tool":{}"# : ""
        return #"""
            folder=${0%/*}
            note() { printf '%s\n' "$*" >>"$folder/notes"; }
            frame() {
                n=${#2}
                printf "$(printf '\\%03o\\%03o\\%03o\\000\\%03o\\%03o\\000\\000' \
                    $((n & 255)) $((n >> 8 & 255)) $((n >> 16)) "$1" "${3:-0}")$id" >&4
                printf '%s' "$2" >&4
            }
            answer() { frame 4 "$1"; }
            fail() { frame 5 "{\"code\":\"function-threw\",\"message\":\"$1\"}"; }
            log() { frame 6 "{\"level\":\"info\",\"message\":\"$1\"}"; }
            operate() {
                times='"start":1,"duration":1,"failed":false'
            frame 7 "{\"system\":\"api\",\"name\":\"$1\",\"target\":\"t\",$times}"
            }
            piece() { frame 129 "$1"; }
            # Reads a frame's header from a descriptor: its length, its kind, whether it goes on, and its activation.
            header() {
                set -- $(head -c 24 <&$1 | od -An -v -tu1)
                [ $# = 24 ] || return 1
                n=$(($1 + $2 * 256 + $3 * 65536)) kind=$5 goes_on=$6
                shift 8
                read_id=$(printf '\\%03o' "$@")
            }
            skip() { [ $n = 0 ] || head -c $n <&$1 >/dev/null; }
            await_cancel() {
                header 5
                while [ $kind != 1 ]; do
                    skip 5
                    header 5
                done
            }
            # Writes the body of the call to standard output.
            read_body() {
                frame 8 ''
                while header 3; do
                    [ $n = 0 ] || head -c $n <&3
                    [ $goes_on = 1 ] || break
                done
            }
            call() {
            \#(call)
            }
            id=$(printf '\\000%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)
            no_id=$id
            \#(before)
            frame 1 ''
            while header 3; do
                skip 3
                case $kind in
                1) id=$no_id; frame 3 '[{"name":"f","file":"/functions/a.swift","line":7\#(tool)}]' ;;
                3) id=$read_id; call ;;
                esac
            done
            """#
    }
}

/// Lines that a worker printed.
package struct Printed: Sendable {
    package var lines: PrintedLines
    package var function: String?
    package var activationID: ActivationID?
}

/// Everything that an engine told its observers, for tests on other threads.
private final class Record: Sendable {
    private struct State {
        var events: [ActivationID: [String]] = [:]
        var outcomes: [ActivationID: Outcome] = [:]
        var printed: [Printed] = []
    }

    private let state = Mutex(State())

    var events: [ActivationID: [String]] { state.withLock { $0.events } }
    var outcomes: [ActivationID: Outcome] { state.withLock { $0.outcomes } }
    var printed: [Printed] { state.withLock { $0.printed } }

    func add(_ event: String, of invocation: Invocation?) {
        guard let invocation else { return }
        state.withLock { $0.events[invocation.id, default: []].append(event) }
    }

    func add(_ outcome: Outcome, of invocation: Invocation) {
        state.withLock { $0.outcomes[invocation.id] = outcome }
    }

    func add(_ printed: Printed) {
        state.withLock { $0.printed.append(printed) }
    }
}

/// Records all that an engine tells.
private final class Recorder: EngineObserver {
    private let record: Record

    init(_ record: Record) {
        self.record = record
    }

    func admitted(_ invocation: Invocation) {
        record.add("admitted", of: invocation)
    }

    func queued(_ invocation: Invocation, for reason: WaitReason) {
        record.add("queued for \(reason)", of: invocation)
    }

    func started(_ invocation: Invocation, _ function: FunctionRecord, on worker: WorkerIdentity, isCold: Bool) {
        record.add(isCold ? "started cold" : "started", of: invocation)
    }

    func printed(
        _ lines: PrintedLines, by invocation: Invocation?, _ function: FunctionRecord?, on worker: WorkerIdentity
    ) {
        let text = String(decoding: lines.bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        record.add("printed \(text)", of: invocation)
        record.add(Printed(lines: lines, function: function?.path, activationID: invocation?.id))
    }

    func logged(
        _ logged: LogRecord, by invocation: Invocation?, _ function: FunctionRecord?, on worker: WorkerIdentity
    ) {
        record.add("logged \(logged.message)", of: invocation)
    }

    var recordsOperations: Bool { true }

    func performed(_ operation: OperationRecord, by invocation: Invocation, on worker: WorkerIdentity) {
        record.add("performed \(operation.name)", of: invocation)
    }

    func finished(_ invocation: Invocation, _ outcome: Outcome) {
        record.add("finished \(outcome.failure?.code.rawValue ?? "ok")", of: invocation)
        record.add(outcome, of: invocation)
    }
}

/// A caller that a test can let go from anywhere.
package final class SharedCaller: Sendable {
    private struct State {
        var call: NIOLoopBound<ActiveInvocation>?
        var hasGone = false
    }

    private let state = Mutex(State())

    package init() {}

    /// Waits for a call; on the event loop.
    package func waits(for call: ActiveInvocation, on eventLoop: any EventLoop) {
        let hasGone = state.withLock { state in
            state.call = NIOLoopBound(call, eventLoop: eventLoop)
            return state.hasGone
        }
        if hasGone { call.callerHasGone() }
    }

    /// Goes away.
    package func goes(on eventLoop: any EventLoop) async throws {
        let call = state.withLock { state in
            state.hasGone = true
            return state.call
        }
        try await eventLoop.submit { call?.value.callerHasGone() }.get()
    }
}

import Failures
import Foundation
import FunctionContracts
import Logging
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import WorkerProtocol

@testable import Ingress

/// A host whose workers are shell scripts, so that they do at once and exactly what a test wants.
final class ScriptedHost: Sendable {
    let host: FunctionHost
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let folder: ScratchFolder
    private let printed = Mutex<[PrintedOutput]>([])

    /// - Parameters:
    ///   - maximumWorkers: how many processes there may be at a time.
    ///   - loadTime: how long they may take to load.
    ///   - callTimeout: how long a call may take.
    init(
        maximumWorkers: Int = 1, loadTime: Duration = patience, callTimeout: Duration = patience
    ) async throws {
        folder = try ScratchFolder(named: "scripted")
        var limits = WorkerLimits(maximumWorkers: maximumWorkers, callTimeout: callTimeout)
        limits.loadTime = loadTime
        limits.endTime = .milliseconds(50)
        let sink = Sink()
        host = try await FunctionHost(
            eventLoop: group.next(),
            settings: HostSettings(limits: limits, buildWait: patience),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, changeCount: { 0 },
            printed: { sink.add($0) })
        sink.take = { [weak self] output in self?.printed.withLock { $0.append(output) } }
    }

    deinit {
        group.shutdownGracefully { _ in }
    }

    /// What the workers printed so far, with the call they ran then.
    var output: [PrintedOutput] { printed.withLock { $0 } }

    /// What a call printed to a stream.
    func output(of call: ActivationID, _ stream: PrintedOutput.Stream) -> String {
        output.filter { $0.activationID == call && $0.stream == stream }.map {
            String(decoding: $0.lines, as: UTF8.self)
        }.joined()
    }

    /// Puts a worker into effect.
    ///
    /// - Parameters:
    ///   - call: what it does when it is called; `answer JSON` ends a call.
    ///   - before: what it does before it says that it is ready.
    func install(_ call: String, before: String = "") async throws {
        let script = UUID().uuidString
        try folder.write(Self.script(call: call, before: before), to: script)
        let launcher = WorkerLauncher(
            executable: "/bin/sh", plugin: folder(script), functions: FunctionsFolder("/functions"),
            crashFolder: folder.path,
            environment: ["PATH": "/usr/bin:/bin"])
        _ = try await host.install(launcher, number: 1, covering: 0)
    }

    /// Calls the function.
    @discardableResult
    func call(_ id: ActivationID = .random(), caller: SharedCaller = SharedCaller()) async throws -> String {
        let core = host.core, eventLoop = host.eventLoop
        return try await Task(executorPreference: EventLoopTaskExecutor(eventLoop)) {
            let request = try CallRequest(path: "functions.a.f", body: ByteBuffer(), context: nil)
            let result = try await core.value.call(request, activationID: id, caller: caller.caller(on: eventLoop))
            return String(buffer: result)
        }.value
    }

    /// The code of the failure that a call ends with; nil when it succeeds.
    func failure(of call: () async throws -> String) async -> Failure? {
        do {
            _ = try await call()
            return nil
        } catch {
            return error as? Failure
        }
    }

    /// Makes a file in the scripts' `$folder`.
    func write(_ name: String) {
        _ = FileManager.default.createFile(atPath: folder(name), contents: nil)
    }

    /// What the scripts said with `note TEXT`, line by line.
    var notes: String { folder.read("notes") ?? "" }

    private static func script(call: String, before: String) -> String {
        #"""
        folder=${0%/*}
        note() { printf '%s\n' "$*" >>"$folder/notes"; }
        frame() {
            n=${#2}
            printf "$(printf '\\%03o\\%03o\\%03o\\000\\%03o\\000\\000\\000' $((n & 255)) $((n >> 8 & 255)) $((n >> 16)) "$1")" >&4
            printf '%s' "$2" >&4
        }
        answer() { frame 4 "$1"; }
        call() {
        \#(call)
        }
        \#(before)
        frame 1 ''
        while set -- $(head -c 8 <&3 | od -An -tu1) && [ $# = 8 ]; do
            n=$(($1 + $2 * 256 + $3 * 65536))
            [ $n = 0 ] || head -c $n <&3 >/dev/null
            case $5 in
            1) frame 3 '[{"name":"f","file":"/functions/a.swift","line":7}]' ;;
            3) call ;;
            esac
        done
        """#
    }

    /// Where printed lines go, before the host is whole and after.
    private final class Sink: Sendable {
        private let stored = Mutex<@Sendable (PrintedOutput) -> Void>({ _ in })

        var take: @Sendable (PrintedOutput) -> Void {
            get { stored.withLock { $0 } }
            set { stored.withLock { $0 = newValue } }
        }

        func add(_ output: PrintedOutput) { take(output) }
    }
}

/// A caller that a test can let go from anywhere.
final class SharedCaller: Sendable {
    private let stored = Mutex<NIOLoopBound<Caller>?>(nil)

    /// The caller itself; on the event loop.
    func caller(on eventLoop: any EventLoop) -> Caller {
        let caller = NIOLoopBound(Caller(), eventLoop: eventLoop)
        stored.withLock { $0 = caller }
        return caller.value
    }

    /// Says that the caller has gone.
    func goes(on eventLoop: any EventLoop) async throws {
        guard let caller = stored.withLock({ $0 }) else { return }
        try await eventLoop.submit { caller.value.goes() }.get()
    }
}

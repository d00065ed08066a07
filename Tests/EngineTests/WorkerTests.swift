import EngineTestSupport
import Failures
import Glibc
import TestSupport
import Testing

@testable import Engine

/// Tests of calls whose workers misbehave.
@Suite(.supervised)
struct WorkerTests {
    @Test func aCrashIsToldThoughItsReportComesAfterTheTime() async throws {
        let scripted = try await ScriptedEngine(callTimeout: .milliseconds(300))
        try await scripted.install(
            """
            printf '\\n*** Signal 4: Backtracing' >&2; sleep 0.6; printf ' done ***\\n\\n' >&2; kill -ILL $$
            """)
        #expect(await scripted.failure { try await scripted.call() }?.code == .functionCrashed)
        try await scripted.install("printf '*** Signal ' >&2; sleep 60")
        #expect(await scripted.failure { try await scripted.call() }?.code == .functionTimedOut)
        try await scripted.engine.stop()
    }

    @Test func aCallIsAnswered() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("answer 1")
        #expect(try await scripted.call() == "1")
        #expect(try await scripted.call() == "1")
        try await scripted.engine.stop()
    }

    @Test func aWorkerThatEndsInACallFailsThatCallOnly() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("[ -e $folder/notes ] && answer 2 || { note ended; exit 3; }")
        let failure = await scripted.failure { try await scripted.call() }
        #expect(failure?.code == .functionExited)
        #expect(try await scripted.call() == "2")
        try await scripted.engine.stop()
    }

    @Test func aCallThatNoWorkerHasReadGoesToAnother() async throws {
        // The first worker stops itself before it reads the call, and is then killed: the call is still in the pipe.
        let scripted = try await ScriptedEngine()
        let pid = try await scripted.installStoppedWorker()
        async let answer = scripted.call()
        try await eventually("the call is in its pipe") { Self.isReadable("/proc/\(pid)/fd/3") }
        kill(pid, SIGKILL)
        #expect(try await answer == "1")
        try await scripted.engine.stop()
    }

    /// Returns whether a pipe holds bytes that nobody has read.
    private static func isReadable(_ path: String) -> Bool {
        let pipe = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        defer { close(pipe) }
        var request = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
        return pipe >= 0 && Glibc.poll(&request, 1, 0) == 1 && request.revents & Int16(POLLIN) != 0
    }

    @Test func aProcessThatClosesItsAnswersIsNamedForThat() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("exec 4>&-; sleep 100")
        let failure = await scripted.failure { try await scripted.call() }
        #expect(failure?.code == .functionKilled)
        #expect(failure?.message.contains("closed descriptor 4") == true, "\(failure?.message ?? "")")
        try await scripted.engine.stop()
    }

    @Test(arguments: ["printf 'hello, world' >&4", "frame 99 ''"])
    func aProcessThatWritesIntoItsAnswersIsNamedForThat(nonsense: String) async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("\(nonsense); sleep 100")
        let failure = await scripted.failure { try await scripted.call() }
        #expect(failure?.code == .functionKilled)
        #expect(failure?.message.contains("wrote to descriptor 4") == true, "\(failure?.message ?? "")")
        try await scripted.engine.stop()
    }

    @Test func aProcessThatIsKilledByOthersIsNamedForThat() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("kill -KILL $$")
        let failure = await scripted.failure { try await scripted.call() }
        #expect(failure?.message.contains("killed by SIGKILL") == true)
        try await scripted.engine.stop()
    }

    @Test func aProcessThatDoesNotEndWhenToldToIsKilled() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("answer 1", before: "note $$; trap '' TERM")
        let pid = try #require(Int32(scripted.notes.split(separator: "\n").first ?? ""))
        // The earlier workers are told to end, but these ignore it.
        try await scripted.install("answer 2")
        #expect(try await scripted.call() == "2")
        try await eventually("the worker has ended") { kill(pid, 0) != 0 }
        try await scripted.engine.stop()
    }

    @Test func functionsThatNeverLoadAreGivenUp() async throws {
        let scripted = try await ScriptedEngine(loadTime: .milliseconds(300))
        let failure = await scripted.failure {
            try await scripted.install("answer 1", before: "note $$; sleep 100")
            return ""
        }
        #expect(failure?.code == .workerUnavailable)
        #expect(failure?.message.contains("loaded") == true, "\(failure?.message ?? "")")
        let pid = try #require(Int32(scripted.notes.split(separator: "\n").first ?? ""))
        #expect(kill(pid, 0) != 0)
        try await scripted.install("answer 2")
        #expect(try await scripted.call() == "2")
        try await scripted.engine.stop()
    }

    @Test func functionsThatAreOutOfDateWhileTheyLoadAreGivenUp() async throws {
        let scripted = try await ScriptedEngine()
        let install = Task { try await scripted.install("answer 1", before: "note $$; sleep 100") }
        try await eventually("the worker runs") { !scripted.notes.isEmpty }
        install.cancel()
        await #expect(throws: CancellationError.self) { try await install.value }
        let pid = try #require(Int32(scripted.notes.split(separator: "\n").first ?? ""))
        try await eventually("the worker has ended") { kill(pid, 0) != 0 }
        try await scripted.install("answer 2")
        #expect(try await scripted.call() == "2")
        try await scripted.engine.stop()
    }

    @Test func stoppingFailsWhatRunsAndWhatWaits() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("note running; sleep 100")
        async let running = scripted.failure { try await scripted.call() }
        try await eventually("the worker runs") { scripted.notes.contains("running") }
        async let waiting = scripted.failure { try await scripted.call() }
        try await eventually("2 are in flight") { try await scripted.engine.callsInFlight >= 2 }
        try await scripted.engine.stop()
        #expect(await running?.code == .stopping)
        #expect(await waiting?.code == .stopping)
        #expect(await scripted.failure { try await scripted.call() }?.code == .stopping)
    }
}

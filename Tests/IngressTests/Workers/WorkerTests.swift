import Glibc
import InvocationProtocol
import Testing

@testable import Ingress

/// What becomes of calls whose workers behave badly.
@Suite(.timeLimit(.minutes(1)))
struct WorkerTests {
    @Test func aCrashIsToldThoughItsReportComesAfterTheTime() async throws {
        let host = try await ScriptedHost(callTimeout: .milliseconds(300))
        try await host.install(
            """
            printf '\\n*** Signal 4: Backtracing' >&2; sleep 0.6; printf ' done ***\\n\\n' >&2; kill -ILL $$
            """)
        #expect(await host.failure { try await host.call() }?.code == .functionCrashed)
        try await host.install("printf '*** Signal ' >&2; sleep 60")
        #expect(await host.failure { try await host.call() }?.code == .functionTimedOut)
        try await host.host.stop()
    }

    @Test func aCallIsAnswered() async throws {
        let host = try await ScriptedHost()
        try await host.install("answer 1")
        #expect(try await host.call() == "1")
        #expect(try await host.call() == "1")
        try await host.host.stop()
    }

    @Test func aWorkerThatEndsInACallFailsThatCallOnly() async throws {
        let host = try await ScriptedHost()
        try await host.install("[ -e $folder/notes ] && answer 2 || { note ended; exit 3; }")
        let failure = await host.failure { try await host.call() }
        #expect(failure?.code == .functionExited)
        #expect(try await host.call() == "2")
        try await host.host.stop()
    }

    @Test func aCallThatNoWorkerHasReadGoesToAnother() async throws {
        // The first worker stops itself before it reads the call, and is killed then: what it was sent is still in the pipe.
        let host = try await ScriptedHost()
        try await host.install(
            "answer 1",
            before: "[ -e $folder/notes ] || { note $$; (sleep 0.2; kill -STOP $$; note stopped) & }")
        try await wait { host.notes.contains("stopped") }
        async let answer = host.call()
        let pid = try #require(Int32(host.notes.split(separator: "\n").first ?? ""))
        try await Task.sleep(for: .milliseconds(50))
        kill(pid, SIGKILL)
        #expect(try await answer == "1")
        try await host.host.stop()
    }

    @Test func aProcessThatClosesItsAnswersIsNamedForThat() async throws {
        let host = try await ScriptedHost()
        try await host.install("exec 4>&-; sleep 100")
        let failure = await host.failure { try await host.call() }
        #expect(failure?.code == .functionKilled)
        #expect(failure?.message.contains("closed descriptor 4") == true, "\(failure?.message ?? "")")
        try await host.host.stop()
    }

    @Test(arguments: ["printf 'hello, world' >&4", "frame 99 ''"])
    func aProcessThatWritesIntoItsAnswersIsNamedForThat(nonsense: String) async throws {
        let host = try await ScriptedHost()
        try await host.install("\(nonsense); sleep 100")
        let failure = await host.failure { try await host.call() }
        #expect(failure?.code == .functionKilled)
        #expect(failure?.message.contains("wrote to descriptor 4") == true, "\(failure?.message ?? "")")
        try await host.host.stop()
    }

    @Test func aProcessThatIsKilledByOthersIsNamedForThat() async throws {
        let host = try await ScriptedHost()
        try await host.install("kill -KILL $$")
        let failure = await host.failure { try await host.call() }
        #expect(failure?.message.contains("killed by SIGKILL") == true)
        try await host.host.stop()
    }

    @Test func aProcessThatDoesNotEndWhenToldToIsKilled() async throws {
        let host = try await ScriptedHost()
        try await host.install("answer 1", before: "note $$; trap '' TERM")
        let pid = try #require(Int32(host.notes.split(separator: "\n").first ?? ""))
        // The workers before are told to end; these do not listen.
        try await host.install("answer 2")
        #expect(try await host.call() == "2")
        try await wait { kill(pid, 0) != 0 }
        try await host.host.stop()
    }

    @Test func functionsThatNeverLoadAreGivenUp() async throws {
        let host = try await ScriptedHost(loadTime: .milliseconds(300))
        let failure = await host.failure {
            try await host.install("answer 1", before: "note $$; sleep 100")
            return ""
        }
        #expect(failure?.code == .workerUnavailable)
        #expect(failure?.message.contains("loaded") == true, "\(failure?.message ?? "")")
        let pid = try #require(Int32(host.notes.split(separator: "\n").first ?? ""))
        #expect(kill(pid, 0) != 0)
        try await host.install("answer 2")
        #expect(try await host.call() == "2")
        try await host.host.stop()
    }

    @Test func functionsThatAreOutOfDateWhileTheyLoadAreGivenUp() async throws {
        let host = try await ScriptedHost()
        let install = Task { try await host.install("answer 1", before: "note $$; sleep 100") }
        try await wait { !host.notes.isEmpty }
        install.cancel()
        await #expect(throws: CancellationError.self) { try await install.value }
        let pid = try #require(Int32(host.notes.split(separator: "\n").first ?? ""))
        try await wait { kill(pid, 0) != 0 }
        try await host.install("answer 2")
        #expect(try await host.call() == "2")
        try await host.host.stop()
    }

    @Test func stoppingFailsWhatRunsAndWhatWaits() async throws {
        let host = try await ScriptedHost()
        try await host.install("note running; sleep 100")
        async let running = host.failure { try await host.call() }
        try await wait { host.notes.contains("running") }
        async let waiting = host.failure { try await host.call() }
        while try await host.host.callsInFlight < 2 { await Task.yield() }
        try await host.host.stop()
        #expect(await running?.code == .stopping)
        #expect(await waiting?.code == .stopping)
        #expect(await host.failure { try await host.call() }?.code == .stopping)
    }
}

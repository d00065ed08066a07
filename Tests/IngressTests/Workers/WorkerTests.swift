import Glibc
import TestSupport
import Testing

@testable import Ingress

/// What becomes of calls whose workers behave badly.
@Suite(.supervised)
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
            before: """
                [ -e $folder/notes ] || {
                    note $$
                    (while [ ! -e $folder/stop ]; do sleep 0.01; done; kill -STOP $$; note stopped) &
                }
                """)
        host.write("stop")
        try await eventually("the worker is stopped") { host.notes.contains("stopped") }
        async let answer = host.call()
        let pid = try #require(Int32(host.notes.split(separator: "\n").first ?? ""))
        try await eventually("the call is in its pipe") { Self.isReadable("/proc/\(pid)/fd/3") }
        kill(pid, SIGKILL)
        #expect(try await answer == "1")
        try await host.host.stop()
    }

    /// Whether a pipe holds bytes that nobody has read.
    private static func isReadable(_ path: String) -> Bool {
        let pipe = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        defer { close(pipe) }
        var request = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
        return pipe >= 0 && Glibc.poll(&request, 1, 0) == 1 && request.revents & Int16(POLLIN) != 0
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
        try await eventually("the worker has ended") { kill(pid, 0) != 0 }
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
        try await eventually("the worker runs") { !host.notes.isEmpty }
        install.cancel()
        await #expect(throws: CancellationError.self) { try await install.value }
        let pid = try #require(Int32(host.notes.split(separator: "\n").first ?? ""))
        try await eventually("the worker has ended") { kill(pid, 0) != 0 }
        try await host.install("answer 2")
        #expect(try await host.call() == "2")
        try await host.host.stop()
    }

    @Test func stoppingFailsWhatRunsAndWhatWaits() async throws {
        let host = try await ScriptedHost()
        try await host.install("note running; sleep 100")
        async let running = host.failure { try await host.call() }
        try await eventually("the worker runs") { host.notes.contains("running") }
        async let waiting = host.failure { try await host.call() }
        while try await host.host.callsInFlight < 2 { await Task.yield() }
        try await host.host.stop()
        #expect(await running?.code == .stopping)
        #expect(await waiting?.code == .stopping)
        #expect(await host.failure { try await host.call() }?.code == .stopping)
    }
}

import Glibc
import TestSupport
import Testing
import WorkerProtocol

@testable import Ingress

/// What workers print belongs to the call that printed it.
@Suite(.supervised)
struct WorkerOutputTests {
    @Test func whatACallPrintsBeforeItsEndIsItsOwn() async throws {
        let host = try await ScriptedHost()
        // As much as may be in the pipe when the result comes, and a line without an end.
        try await host.install("head -c 60000 /dev/zero | tr '\\0' x; echo; printf end; echo err >&2; answer 1")
        for _ in 0..<20 {
            let id = ActivationID.random()
            try await host.call(id)
            let text = host.output(of: id, .stdout)
            #expect(text.hasSuffix("x\nend\n") || text.hasSuffix("x\n\nend\n"), "\(text.suffix(20))")
            #expect(text.utf8.count { $0 == UInt8(ascii: "x") } == 60_000)
            #expect(host.output(of: id, .stderr) == "err\n")
        }
        #expect(host.output.allSatisfy { $0.activationID != nil && $0.function == "functions.a.f" })
        try await host.host.stop()
    }

    @Test func whatIsPrintedBetweenCallsIsOfNone() async throws {
        let host = try await ScriptedHost()
        try await host.install("answer 1; sleep 0.1; echo late")
        try await host.call()
        try await eventually("something is printed") { !host.output.isEmpty }
        #expect(host.output.allSatisfy { $0.activationID == nil && $0.stream == .stdout })
        try await host.host.stop()
    }

    @Test func aProcessThatHoldsTheOutputHoldsNoCall() async throws {
        let host = try await ScriptedHost()
        try await host.install("setsid sleep 1000 4>&- & note $!; echo last words; exit 1")
        let id = ActivationID.random()
        let failure = await host.failure { try await host.call(id) }
        #expect(failure?.code == .functionExited)
        #expect(host.output(of: id, .stdout) == "last words\n")
        let daemon = try #require(Int32(host.notes.split(separator: "\n").first ?? ""))
        #expect(kill(daemon, SIGKILL) == 0, "the call ended before it")
        try await host.host.stop()
    }

    @Test func theRuntimesNoticeOfACrashIsLeftOut() async throws {
        let host = try await ScriptedHost()
        try await host.install(
            """
            printf 'a\\n\\n\\nb\\n' >&2; sleep 0.05; printf '\\n*** Signal 4' >&2; sleep 0.05
            printf ': Backtracing from 0x1... done ***\\n' >&2; sleep 0.05; printf '\\nc\\n\\n' >&2; answer 1
            """)
        let id = ActivationID.random()
        try await host.call(id)
        #expect(host.output(of: id, .stderr) == "a\n\n\nb\nc\n\n")
        try await host.host.stop()
    }
}

import EngineTestSupport
import Failures
import Glibc
import Invocations
import TestSupport
import Testing
import WorkerProtocol

@testable import Engine

/// Tests that the output of workers belongs to the call that printed it.
@Suite(.supervised)
struct WorkerOutputTests {
    @Test func whatACallPrintsBeforeItsEndIsItsOwn() async throws {
        let scripted = try await ScriptedEngine()
        // As much as can be in the pipe when the result arrives, and a line without an end.
        try await scripted.install("head -c 60000 /dev/zero | tr '\\0' x; echo; printf end; echo err >&2; answer 1")
        for _ in 0..<20 {
            let id = ActivationID.random()
            try await scripted.call(id)
            let text = scripted.output(of: id, .stdout)
            #expect(text.hasSuffix("x\nend\n") || text.hasSuffix("x\n\nend\n"), "\(text.suffix(20))")
            #expect(text.utf8.count { $0 == UInt8(ascii: "x") } == 60_000)
            #expect(scripted.output(of: id, .stderr) == "err\n")
        }
        #expect(scripted.output.allSatisfy { $0.activationID != nil && $0.function == "functions.a.f" })
        try await scripted.engine.stop()
    }

    @Test func whatIsPrintedBetweenCallsIsOfNone() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("answer 1; sleep 0.1; echo late")
        try await scripted.call()
        try await eventually("something is printed") { !scripted.output.isEmpty }
        #expect(scripted.output.allSatisfy { $0.activationID == nil && $0.lines.stream == .stdout })
        try await scripted.engine.stop()
    }

    @Test func aProcessThatHoldsTheOutputHoldsNoCall() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("setsid sleep 1000 4>&- & note $!; echo last words; exit 1")
        let id = ActivationID.random()
        let failure = await scripted.failure { try await scripted.call(id) }
        #expect(failure?.code == .functionExited)
        #expect(scripted.output(of: id, .stdout) == "last words\n")
        let daemon = try #require(Int32(scripted.notes.split(separator: "\n").first ?? ""))
        #expect(kill(daemon, SIGKILL) == 0, "the call ended before it")
        try await scripted.engine.stop()
    }

    @Test func theRuntimesNoticeOfACrashIsLeftOut() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install(
            """
            printf 'a\\n\\n\\nb\\n' >&2; sleep 0.05; printf '\\n*** Signal 4' >&2; sleep 0.05
            printf ': Backtracing from 0x1... done ***\\n' >&2; sleep 0.05; printf '\\nc\\n\\n' >&2; answer 1
            """)
        let id = ActivationID.random()
        try await scripted.call(id)
        #expect(scripted.output(of: id, .stderr) == "a\n\n\nb\nc\n\n")
        try await scripted.engine.stop()
    }
}

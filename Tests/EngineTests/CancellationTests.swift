import EngineTestSupport
import Failures
import Glibc
import TestSupport
import Testing
import WorkerProtocol

@testable import Engine

/// Tests of calls whose callers disconnect.
@Suite(.supervised)
struct CancellationTests {
    @Test func aCallThatWaitsIsDropped() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("note called; while [ ! -e $folder/go ]; do sleep 0.01; done; answer 1")
        async let first = scripted.call()
        try await eventually("the worker is called") { scripted.notes.contains("called") }
        let caller = SharedCaller()
        async let second = scripted.failure { try await scripted.call(caller: caller) }
        try await eventually("2 are in flight") { try await scripted.engine.callsInFlight >= 2 }
        try await caller.goes(on: scripted.engine.eventLoop)
        #expect(await second?.code == .callerGone)
        scripted.write("go")
        #expect(try await first == "1")
        #expect(scripted.notes == "called\n")
        try await scripted.engine.stop()
    }

    @Test func aCallThatWaitsForABuildIsDropped() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.engine.buildBegan()
        let caller = SharedCaller()
        async let call = scripted.failure { try await scripted.call(caller: caller) }
        try await eventually("1 are in flight") { try await scripted.engine.callsInFlight >= 1 }
        try await caller.goes(on: scripted.engine.eventLoop)
        #expect(await call?.code == .callerGone)
        try await scripted.engine.stop()
    }

    @Test func aCallThatRunsIsCancelledByItsIdentity() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install(
            """
            note called
            await_cancel
            answer "\\"$(printf "$read_id" | od -An -tx1 | tr -d ' \\n')\\""
            """)
        let caller = SharedCaller(), id = ActivationID(high: 0x0102_0304_0506_0708, low: 0x090A_0B0C_0D0E_0F10)
        async let call = scripted.call(id, caller: caller)
        try await eventually("the worker runs") { !scripted.notes.isEmpty }
        try await caller.goes(on: scripted.engine.eventLoop)
        #expect(try await call == #""0807060504030201100f0e0d0c0b0a09""#)
        try await scripted.engine.stop()
    }
}

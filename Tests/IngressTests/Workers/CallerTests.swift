import Glibc
import TestSupport
import Testing
import WorkerProtocol

@testable import Ingress

/// Calls whose callers go away.
@Suite(.supervised)
struct CallerTests {
    @Test func aCallThatWaitsIsDropped() async throws {
        let host = try await ScriptedHost()
        try await host.install("note called; while [ ! -e $folder/go ]; do sleep 0.01; done; answer 1")
        async let first = host.call()
        try await eventually("the worker is called") { host.notes.contains("called") }
        let caller = SharedCaller()
        async let second = host.failure { try await host.call(caller: caller) }
        while try await host.host.callsInFlight < 2 { await Task.yield() }
        try await caller.goes(on: host.host.eventLoop)
        #expect(await second?.code == .callerGone)
        host.write("go")
        #expect(try await first == "1")
        #expect(host.notes == "called\n")
        try await host.host.stop()
    }

    @Test func aCallThatWaitsForABuildIsDropped() async throws {
        let host = try await ScriptedHost()
        try await host.host.buildBegan()
        let caller = SharedCaller()
        async let call = host.failure { try await host.call(caller: caller) }
        while try await host.host.callsInFlight < 1 { await Task.yield() }
        try await caller.goes(on: host.host.eventLoop)
        #expect(await call?.code == .callerGone)
        try await host.host.stop()
    }

    @Test func aCallThatRunsIsCancelledByItsIdentity() async throws {
        let host = try await ScriptedHost()
        try await host.install(
            """
            note called
            set -- $(head -c 8 <&5 | od -An -tu1)
            while [ $5 != 1 ]; do
                head -c $(($1 + $2 * 256)) <&5 >/dev/null
                set -- $(head -c 8 <&5 | od -An -tu1)
            done
            answer "\\"$(head -c 16 <&5 | od -An -tx1 | tr -d ' \\n')\\""
            """)
        let caller = SharedCaller(), id = ActivationID(high: 0x0102_0304_0506_0708, low: 0x090A_0B0C_0D0E_0F10)
        async let call = host.call(id, caller: caller)
        try await eventually("the worker runs") { !host.notes.isEmpty }
        try await caller.goes(on: host.host.eventLoop)
        #expect(try await call == #""0807060504030201100f0e0d0c0b0a09""#)
        try await host.host.stop()
    }
}

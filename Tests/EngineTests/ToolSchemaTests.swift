import EngineTestSupport
import Failures
import NIOCore
import TestSupport
import Testing
import WorkerProtocol

@testable import Engine

/// Tests of calls of agents' tools, which wait for the schema of their arguments.
@Suite(.supervised)
struct ToolSchemaTests {
    private let script = "note called; while [ ! -e $folder/go ]; do sleep 0.01; done; answer '{}'"

    @Test func callsOfOneToolShareADescription() async throws {
        let scripted = try await ScriptedEngine(maximumWorkers: 3)
        try await scripted.install(script, isTool: true)
        let ids = [ActivationID.random(), .random()]
        async let first = scripted.call(ids[0])
        async let second = scripted.call(ids[1])
        for id in ids {
            try await eventually("it waits") { scripted.events(of: id) == ["admitted", "queued for worker"] }
        }
        try await eventually("the tool is described") { scripted.notes.contains("called") }
        #expect(scripted.notes == "called\n")
        scripted.write("go")
        #expect(try await first == "{}")
        #expect(try await second == "{}")
        #expect(scripted.notes == "called\ncalled\ncalled\n")
        let third = ActivationID.random()
        #expect(try await scripted.call(third) == "{}")
        #expect(scripted.events(of: third) == ["admitted", "started", "finished ok"], "the schema is known")
        try await scripted.engine.stop()
    }

    @Test func aCallThatWaitsForASchemaIsCancelled() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install(script, isTool: true)
        let caller = SharedCaller(), id = ActivationID.random()
        async let call = scripted.failure { try await scripted.call(id, caller: caller) }
        try await eventually("the tool is described") { scripted.notes.contains("called") }
        try await caller.goes(on: scripted.engine.eventLoop)
        #expect(await call?.code == .callerGone)
        #expect(scripted.events(of: id) == ["admitted", "queued for worker", "finished caller-gone"])
        scripted.write("go")
        #expect(try await scripted.call() == "{}")
        try await scripted.engine.stop()
    }

    @Test func aDeadlineEndsACallThatWaitsForASchema() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install(script, isTool: true)
        let failure = await scripted.failure { try await scripted.call(deadline: .now() + .milliseconds(100)) }
        #expect(failure?.code == .functionTimedOut)
        scripted.write("go")
        try await scripted.engine.stop()
    }

    @Test func callsThatWaitForASchemaCountTowardsTheQueue() async throws {
        let scripted = try await ScriptedEngine(maximumWaiting: 1)
        try await scripted.install(script, isTool: true)
        let id = ActivationID.random()
        async let waiting = scripted.call(id)
        try await eventually("it waits") { scripted.events(of: id).count == 2 }
        try await scripted.engine.buildBegan()
        let refused = await scripted.failure { try await scripted.call() }
        #expect(refused?.code == .queueFull)
        scripted.write("go")
        try await scripted.engine.unchanged(covering: 0)
        #expect(try await waiting == "{}")
        try await scripted.engine.stop()
    }
}

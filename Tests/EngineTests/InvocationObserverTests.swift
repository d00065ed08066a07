import EngineTestSupport
import Failures
import Glibc
import Invocations
import NIOCore
import TestSupport
import Testing
import WorkerProtocol

@testable import Engine

/// Tests that observers are told everything that a call does, in order.
@Suite(.supervised)
struct InvocationObserverTests {
    private let id = ActivationID.random()

    @Test func aHealthyCall() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("echo hello; sleep 0.1; log word; operate GET; answer 1")
        #expect(try await scripted.call(id) == "1")
        #expect(
            scripted.events(of: id) == [
                "admitted", "started", "printed hello", "logged word", "performed GET", "finished ok",
            ])
        let outcome = try #require(scripted.outcome(of: id))
        #expect(outcome.function == "functions.a.f" && outcome.generation == 1)
        #expect(outcome.worker != nil && !outcome.isCold)
        #expect(outcome.timings.run >= .milliseconds(100))
        #expect(outcome.timings.start == .zero && outcome.timings.build == .zero)
        try await scripted.engine.stop()
    }

    @Test func aCallThatThrows() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("fail no")
        #expect(await scripted.failure { try await scripted.call(id) }?.code == .functionThrew)
        #expect(scripted.events(of: id) == ["admitted", "started", "finished function-threw"])
        try await scripted.engine.stop()
    }

    @Test func aCallThatCrashesAndTheNextOneOnANewWorker() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install(
            "[ -e $folder/notes ] && answer 2 || { note crashed; echo last words; kill -ILL $$; }")
        #expect(await scripted.failure { try await scripted.call(id) }?.code == .functionCrashed)
        #expect(
            scripted.events(of: id) == ["admitted", "started", "printed last words", "finished function-crashed"])
        let next = ActivationID.random()
        #expect(try await scripted.call(next) == "2")
        #expect(scripted.events(of: next).first == "admitted" && scripted.events(of: next).last == "finished ok")
        #expect(scripted.outcome(of: next)?.worker != scripted.outcome(of: id)?.worker)
        try await scripted.engine.stop()
    }

    @Test func aCallThatTakesTooLong() async throws {
        let scripted = try await ScriptedEngine(callTimeout: .milliseconds(200))
        try await scripted.install("sleep 100")
        #expect(await scripted.failure { try await scripted.call(id) }?.code == .functionTimedOut)
        #expect(scripted.events(of: id) == ["admitted", "started", "finished function-timed-out"])
        try await scripted.engine.stop()
    }

    @Test func aCallThatWaitsForAWorkerAndIsStartedCold() async throws {
        let scripted = try await ScriptedEngine(maximumWorkers: 2)
        // Every worker but the first is ready only once it may be.
        try await scripted.install(
            "note called; while [ ! -e $folder/go ]; do sleep 0.01; done; answer 1",
            before: "if [ -e $folder/notes ]; then while [ ! -e $folder/load ]; do sleep 0.01; done; fi; note started")
        async let first = scripted.call()
        try await eventually("the first is called") { scripted.notes.contains("called") }
        async let second = scripted.call(id)
        try await eventually("the second waits") { scripted.events(of: id).contains("queued for worker") }
        scripted.write("load")
        try await eventually("the second runs") { scripted.events(of: id).count > 2 }
        scripted.write("go")
        _ = try await (first, second)
        #expect(scripted.events(of: id) == ["admitted", "queued for worker", "started cold", "finished ok"])
        let outcome = try #require(scripted.outcome(of: id))
        #expect(outcome.isCold && outcome.timings.start > .zero && outcome.timings.queue >= .zero)
        try await scripted.engine.stop()
    }

    @Test func aCallThatWaitsForABuild() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("answer 1")
        try await scripted.engine.buildBegan()
        async let call = scripted.call(id)
        try await eventually("it waits") { scripted.events(of: id).count == 2 }
        try await scripted.engine.unchanged(covering: 0)
        #expect(try await call == "1")
        #expect(scripted.events(of: id) == ["admitted", "queued for build", "started", "finished ok"])
        let timings = try #require(scripted.outcome(of: id)).timings
        #expect(timings.build > .zero && timings.queue >= .zero && timings.start == .zero && timings.run > .zero)
        try await scripted.engine.stop()
    }

    @Test func aCallThatIsCancelledWhileItRuns() async throws {
        let scripted = try await ScriptedEngine()
        // It fails once it is told to cancel.
        try await scripted.install("note called; await_cancel; fail cancelled")
        let caller = SharedCaller()
        async let call = scripted.failure { try await scripted.call(id, caller: caller) }
        try await eventually("it runs") { scripted.notes.contains("called") }
        try await caller.goes(on: scripted.engine.eventLoop)
        #expect(await call?.message == "cancelled")
        #expect(scripted.events(of: id) == ["admitted", "started", "finished function-threw"])
        try await scripted.engine.stop()
    }

    @Test func aCallThatIsCancelledWhileItWaits() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.engine.buildBegan()
        let caller = SharedCaller()
        async let call = scripted.failure { try await scripted.call(id, caller: caller) }
        try await eventually("it waits") { scripted.events(of: id).count == 2 }
        try await caller.goes(on: scripted.engine.eventLoop)
        #expect(await call?.code == .callerGone)
        #expect(scripted.events(of: id) == ["admitted", "queued for build", "finished caller-gone"])
        try await scripted.engine.stop()
    }

    @Test func aCallThatNobodyWaitsForIsNotCancelled() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("answer 1")
        try await scripted.engine.buildBegan()
        let caller = SharedCaller()
        async let call = scripted.call(id, caller: caller, delivery: .asynchronous)
        try await eventually("it waits") { scripted.events(of: id).count == 2 }
        try await caller.goes(on: scripted.engine.eventLoop)
        try await scripted.engine.unchanged(covering: 0)
        #expect(try await call == "1")
        try await scripted.engine.stop()
    }

    @Test func aCallThatItsWorkerDidNotBeginIsStartedAgain() async throws {
        let scripted = try await ScriptedEngine()
        // The first worker stops itself before it reads the call, and is killed then.
        let pid = try await scripted.installStoppedWorker()
        async let answer = scripted.call(id)
        try await eventually("it is started") { scripted.events(of: id).contains("started") }
        kill(pid, SIGKILL)
        #expect(try await answer == "1")
        #expect(
            scripted.events(of: id) == ["admitted", "started", "queued for worker", "started cold", "finished ok"])
        try await scripted.engine.stop()
    }

    @Test func aDeadlineEndsACallThatWaitsAndOneThatRuns() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.engine.buildBegan()
        let waiting = await scripted.failure {
            try await scripted.call(id, deadline: .now() + .milliseconds(50))
        }
        #expect(waiting?.code == .functionTimedOut)
        #expect(scripted.events(of: id) == ["admitted", "queued for build", "finished function-timed-out"])
        try await scripted.install("sleep 100")
        let running = await scripted.failure { try await scripted.call(deadline: .now() + .milliseconds(200)) }
        #expect(running?.code == .functionTimedOut)
        try await scripted.engine.stop()
    }

    @Test func callsThatWaitForABuildCountTowardsTheQueue() async throws {
        let scripted = try await ScriptedEngine(maximumWaiting: 2)
        try await scripted.install("answer 1")
        try await scripted.engine.buildBegan()
        let first = ActivationID.random(), second = ActivationID.random()
        async let one = scripted.call(first)
        async let two = scripted.call(second)
        try await eventually("two wait") {
            scripted.events(of: first).count == 2 && scripted.events(of: second).count == 2
        }
        let refused = await scripted.failure { try await scripted.call(id) }
        #expect(refused?.code == .queueFull)
        #expect(scripted.events(of: id) == ["admitted", "finished queue-full"])
        try await scripted.engine.unchanged(covering: 0)
        #expect(try await one == "1")
        #expect(try await two == "1")
        try await scripted.engine.stop()
    }
}

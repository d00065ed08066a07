import EngineTestSupport
import Failures
import NIOCore
import TestSupport
import Testing

@testable import Engine

/// Tests of waits until the sources are in effect.
@Suite(.supervised)
struct SettleTests {
    private func settle(_ engine: Engine) async throws {
        try await Task(executorPreference: engine.executor) { try await engine.core.value.settle() }.value
    }

    @Test func aWaitEndsWithTheBuild() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("answer 1")
        try await settle(scripted.engine)
        try await scripted.engine.buildBegan()
        async let waiting: Void = settle(scripted.engine)
        async let another: Void = settle(scripted.engine)
        try await eventually("two wait") {
            try await scripted.engine.eventLoop.submit { scripted.engine.core.value.waiters.count == 2 }.get()
        }
        try await scripted.engine.unchanged(covering: 0)
        _ = try await (waiting, another)
        #expect(try await scripted.engine.eventLoop.submit { scripted.engine.core.value.waiters.isEmpty }.get())
        try await scripted.engine.stop()
    }

    @Test func aWaitEndsWithTheEngine() async throws {
        let scripted = try await ScriptedEngine()
        async let waiting = Self.failure { try await settle(scripted.engine) }
        try await eventually("it waits") {
            try await scripted.engine.eventLoop.submit { scripted.engine.core.value.waiters.count == 1 }.get()
        }
        try await scripted.engine.stop()
        #expect(await waiting?.code == .stopping)
    }

    @Test func theStatusSaysWhetherTheSourcesAreInEffect() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("answer 1")
        for (isBuilding, expected) in [(false, "ready"), (true, "building")] {
            if isBuilding { try await scripted.engine.buildBegan() }
            let build = try await scripted.engine.eventLoop.submit { "\(scripted.engine.core.value.status.build)" }
                .get()
            #expect(build == expected)
        }
        try await scripted.engine.stop()
    }

    private static func failure(of body: () async throws -> Void) async -> Failure? {
        do { try await body() } catch { return error as? Failure }
        return nil
    }
}

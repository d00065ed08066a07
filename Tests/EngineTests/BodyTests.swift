import EngineTestSupport
import Failures
import Invocations
import NIOCore
import TestSupport
import Testing
import WorkerProtocol

@testable import Engine

/// Tests of bodies that pass between an engine and its workers in pieces.
@Suite(.supervised)
struct BodyTests {
    /// Makes a body of texts on the engine's event loop.
    private func body(
        _ texts: [String], failure: Failure? = nil, _ engine: Engine
    ) async throws -> NIOLoopBound<any BodyStream> {
        let eventLoop = engine.eventLoop
        return try await eventLoop.submit {
            let pipe = BodyPipe()
            for text in texts {
                var bytes = ByteBuffer(string: text)
                pipe.append(&bytes)
            }
            if let failure { pipe.fail(failure) } else { pipe.finish() }
            return NIOLoopBound(pipe, eventLoop: eventLoop)
        }.get()
    }

    @Test func aResultThatComesInPiecesIsPassedOn() async throws {
        let scripted = try await ScriptedEngine()
        let id = ActivationID.random()
        try await scripted.install("piece one; log between; piece two; answer ''")
        #expect(try await scripted.call(id) == "onetwo")
        try await eventually("it has ended") { scripted.outcome(of: id) != nil }
        #expect(scripted.events(of: id) == ["admitted", "started", "logged between", "finished ok"])
        #expect(try await scripted.call() == "onetwo", "the worker is free again")
        try await scripted.engine.stop()
    }

    @Test func aResultThatIsReadAfterItsCallHasEndedKeepsTheNextCallFromNothing() async throws {
        let scripted = try await ScriptedEngine()
        let id = ActivationID.random()
        // The last piece and the end of the call are written at once, while output keeps the call from ending.
        try await scripted.install(
            """
            ( piece "$(head -c 300000 /dev/zero | tr '\\0' x)"; answer '' ) 4>$folder/frames
            (yes | head -c 2000000) & cat $folder/frames >&4; wait
            """)
        let result = try await scripted.call(id) {
            try await eventually("it has ended") { scripted.outcome(of: id) != nil }
        }
        #expect(result.utf8.count == 300_000)
        #expect(try await scripted.call().utf8.count == 300_000)
        try await scripted.engine.stop()
    }

    @Test func aCallIsInProgressUntilTheLastPiece() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("piece one; while [ ! -e $folder/go ]; do sleep 0.01; done; answer ''")
        async let result = scripted.call()
        try await eventually("it runs") { try await scripted.engine.callsInFlight == 1 }
        scripted.write("go")
        #expect(try await result == "one")
        try await eventually("it has ended") { try await scripted.engine.callsInFlight == 0 }
        try await scripted.engine.stop()
    }

    @Test(arguments: [("fail no", "no"), ("exit 3", "status 3")])
    func aReaderLearnsThatTheResultBreaksOff(end: String, message: String) async throws {
        let scripted = try await ScriptedEngine()
        let id = ActivationID.random()
        try await scripted.install("piece one; \(end)")
        let failure = await scripted.failure { try await scripted.call(id) }
        #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
        #expect(scripted.outcome(of: id)?.failure == failure)
        try await scripted.engine.stop()
    }

    @Test func theBodyReachesAFunctionThatReadsIt() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("answer $(read_body | wc -c)")
        // One piece is longer than a frame.
        let texts = ["one", String(repeating: "x", count: 3_000_000)]
        let body = try await body(texts, scripted.engine)
        #expect(try await scripted.call(body: body) == "3000003")
        #expect(try await scripted.call() == "0", "there is no body")
        try await scripted.engine.stop()
    }

    @Test func aBodyThatBreaksOffEndsForTheFunctionToo() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("read_body >$folder/notes; answer $kind")
        let body = try await body(["one"], failure: .stopping, scripted.engine)
        #expect(try await scripted.call(body: body) == "\(EngineMessage.bodyCut.rawValue)")
        #expect(scripted.notes == "one")
        try await scripted.engine.stop()
    }

    @Test func aBodyThatNobodyReadsIsEnded() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("answer 1")
        let eventLoop = scripted.engine.eventLoop
        let body = try await eventLoop.submit { NIOLoopBound<any BodyStream>(BodyPipe(), eventLoop: eventLoop) }.get()
        #expect(try await scripted.call(body: body) == "1")
        await #expect(throws: Failure.self) {
            try await Task(executorPreference: scripted.engine.executor) { _ = try await body.value.next() }.value
        }
        try await scripted.engine.stop()
    }

    @Test func aFunctionThatStopsReadingLeavesNothingForTheNextCall() async throws {
        let scripted = try await ScriptedEngine()
        // As a worker does: it answers, and then reads to the end of the body.
        try await scripted.install(
            """
            frame 8 ''; header 3; skip 3; answer 1
            while [ $kind = 129 ]; do header 3; skip 3; done
            """)
        let eventLoop = scripted.engine.eventLoop
        let body = try await eventLoop.submit {
            let pipe = BodyPipe()
            var bytes = ByteBuffer(string: "more is to come")
            pipe.append(&bytes)
            return NIOLoopBound<any BodyStream>(pipe, eventLoop: eventLoop)
        }.get()
        #expect(try await scripted.call(body: body) == "1")
        try await scripted.install("answer 2")
        #expect(try await scripted.call() == "2")
        try await scripted.engine.stop()
    }

    @Test(arguments: ["id=$no_id; answer 1", "frame 1 ''", "frame 8 ''; frame 8 ''", "answer 1; id=$no_id; answer 2"])
    func whatBelongsToNoRunningCallEndsTheWorker(nonsense: String) async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("[ -e $folder/notes ] && answer 2 || { note first; \(nonsense); sleep 100; }")
        let never = try await body([], scripted.engine)
        _ = await scripted.failure { try await scripted.call(body: never) }
        #expect(try await scripted.call() == "2")
        try await scripted.engine.stop()
    }
}

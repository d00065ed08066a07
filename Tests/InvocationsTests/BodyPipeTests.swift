import Failures
import Invocations
import NIOCore
import NIOPosix
import TestSupport
import Testing

@MainActor
@Suite(.supervised)
struct BodyPipeTests {
    private let pipe = BodyPipe()

    private func append(_ text: String) {
        var bytes = ByteBuffer(string: text)
        pipe.append(&bytes)
    }

    /// Begins to read a piece, and waits until the pipe is asked for it.
    private func nextPiece() async -> Task<String?, any Error> {
        let pipe = pipe
        return await withCheckedContinuation { continuation in
            var task: Task<String?, any Error>?
            pipe.onWanted = { task.map { continuation.resume(returning: $0) } }
            task = Task { try await pipe.next().map { String(buffer: $0) } }
        }
    }

    @Test func piecesThatHaveArrivedAreReadTogether() async throws {
        append("a")
        append("b")
        #expect(try await pipe.next().map { String(buffer: $0) } == "ab")
        append("c")
        pipe.finish()
        #expect(try await pipe.next().map { String(buffer: $0) } == "c")
        #expect(try await pipe.next() == nil)
        #expect(try await pipe.next() == nil)
    }

    @Test func aReaderWaitsForTheNextPieceAndForTheEnd() async throws {
        let first = await nextPiece()
        append("a")
        #expect(try await first.value == "a")
        let end = await nextPiece()
        pipe.finish()
        #expect(try await end.value == nil)
    }

    @Test func aReaderLearnsThatTheRestDoesNotCome() async {
        let waiting = await nextPiece()
        pipe.fail(.stopping)
        await #expect(throws: Failure.stopping) { try await waiting.value }
        await #expect(throws: Failure.stopping) { try await pipe.next() }
        pipe.finish()
        await #expect(throws: Failure.stopping) { try await pipe.next() }
    }

    @Test func whatHasArrivedIsReadBeforeTheFailure() async throws {
        append("a")
        pipe.fail(.stopping)
        #expect(try await pipe.next().map { String(buffer: $0) } == "a")
        await #expect(throws: Failure.stopping) { try await pipe.next() }
    }

    @Test func isFullUntilItIsRead() async throws {
        #expect(!pipe.isFull)
        append(String(repeating: "x", count: 300_000))
        #expect(pipe.isFull)
        _ = try await pipe.next()
        #expect(!pipe.isFull)
    }

    @Test func aBodyThatIsWantedAsAWholeIsNeverFull() {
        var body: Result<ByteBuffer, Failure>?
        pipe.collect(upTo: 1 << 20) { body = $0 }
        append(String(repeating: "x", count: 300_000))
        #expect(!pipe.isFull)
        pipe.finish()
        #expect((try? body?.get())?.readableBytes == 300_000)
    }

    @Test func aBodyThatIsTooLongIsRefusedAsSoonAsItIs() throws {
        var body: Result<ByteBuffer, Failure>?
        pipe.collect(upTo: 3) { body = $0 }
        append("abc")
        #expect(body == nil)
        append("d")
        #expect(throws: Failure.self) { try body?.get() }
        body = nil
        pipe.collect(upTo: 3) { body = $0 }
        #expect(throws: Failure.self) { try body?.get() }
    }

    @Test func aBodyThatNobodyReadsIsDropped() async {
        var unused = 0
        pipe.onUnused = { unused += 1 }
        let waiting = await nextPiece()
        pipe.end()
        pipe.end()
        #expect(unused == 1)
        append("a")
        await #expect(throws: Failure.self) { try await waiting.value }
        await #expect(throws: Failure.self) { try await pipe.next() }
    }

    @Test func theEndOfAWholeBodyIsNothingUnused() {
        pipe.onUnused = { Issue.record("it has come whole") }
        pipe.finish()
        pipe.end()
    }

    @Test func aBodyIsCollectedFromItsPieces() async throws {
        let eventLoop = NIOSingletons.posixEventLoopGroup.next()
        let collected = try await eventLoop.makeFutureWithTask {
            try await Self.collected(eventLoop)
        }.get()
        #expect(collected == "abc")
    }

    @concurrent private nonisolated static func collected(_ eventLoop: any EventLoop) async throws -> String {
        try await Task(executorPreference: EventLoopTaskExecutor(eventLoop)) {
            let pipe = BodyPipe()
            for text in ["a", "bc"] {
                var bytes = ByteBuffer(string: text)
                pipe.append(&bytes)
            }
            pipe.finish()
            let body = Body.stream(NIOLoopBound(pipe, eventLoop: eventLoop))
            return String(buffer: try await body.collected())
        }.value
    }

    @Test func wholeBodiesHaveALimitToo() async {
        let body = Body.buffered(ByteBuffer(string: "abcd"))
        await #expect(throws: Failure.self) { try await body.collected(upTo: 3) }
    }
}

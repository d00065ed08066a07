import Foundation
import Glibc
import TestSupport
import Testing

/// Tests of bodies that pass in pieces through a connection, an engine and a real worker, both ways.
@Suite(.supervised, .tags(.large), .workspace(["functions/other.swift": EngineFixture.other]))
struct StreamTests {
    /// More than the system buffers for a connection.
    private static let length = 28 << 20
    /// Longer than a body that is kept as a whole may be.
    private static let long = 65 << 20

    @Test func bodiesOfAnyLengthPassThroughBothWays() async throws {
        try await EngineFixture.run { fixture in
            let client = try fixture.client("echo")
            async let sent = client.write(Self.long)
            let received = try await client.readAll()
            #expect(try await sent == Self.long)
            #expect(received.length == Self.long && received.isAsSent)
            let memory = try fixture.workerMemory()
            #expect(memory < 48 << 20, "the worker keeps nothing, but has \(memory >> 20) MB")
        }
    }

    @Test func aFunctionThatReadsSlowlySlowsDownItsClient() async throws {
        try await EngineFixture.run { fixture in
            let client = try fixture.client("waits")
            async let sent = client.write(Self.length)
            let early = try await settled { client.written }
            #expect(early < 20 << 20, "\(early) bytes were taken that nobody reads")
            fixture.write("go", "")
            #expect(try await client.readPiece() == "\(Self.length)")
            #expect(try await sent == Self.length)
        }
    }

    @Test func aClientThatReadsSlowlySlowsDownItsFunction() async throws {
        try await EngineFixture.run { fixture in
            let client = try fixture.client("writes")
            try await client.write(0)
            let early = try await settled { fixture.notes.utf8.count }
            #expect(early > 0 && early < 20, "\(early) MB were written that nobody reads")
            #expect(try await client.readAll().length == Self.length)
            #expect(fixture.notes.utf8.count == 28)
        }
    }

    @Test func theFirstPieceArrivesBeforeTheFunctionEnds() async throws {
        try await EngineFixture.run { fixture in
            let client = try fixture.client("begins")
            try await client.write(0)
            #expect(try await client.readPiece() == "first")
            fixture.write("go", "")
            #expect(try await client.readPiece() == "last")
            #expect(try await client.readPiece() == "")
        }
    }

    @Test(arguments: ["throws", "crashes"]) func aResultThatBreaksOffHasNoEnd(function: String) async throws {
        try await EngineFixture.run { fixture in
            let client = try fixture.client(function)
            try await client.write(0)
            #expect(try await client.readPiece() == "first")
            await #expect(throws: RawClient.NoEnd.self) { try await client.readPiece() }
        }
    }

    @Test func aClientThatGoesCutsTheBody() async throws {
        try await EngineFixture.run { fixture in
            let client = try fixture.client("echo")
            try await client.write(1 << 20, of: Self.length)
            #expect(try await !client.readPiece().isEmpty)
            client.close()
            try await eventually("the body is cut") { fixture.notes.contains("caller has gone") }
            let next = try fixture.client("counts")
            try await next.write(0)
            #expect(try await next.readPiece() == "0", "the next call finds nothing of the last one's body")
        }
    }

    @Test func aFunctionMayLeaveItsBodyUnread() async throws {
        try await EngineFixture.run { fixture in
            for (function, answer) in [("ignores", "ignored"), ("readsOne", "read"), ("counts", "\(1 << 20)")] {
                let client = try fixture.client(function)
                async let sent = client.write(1 << 20)
                #expect(try await client.readPiece() == answer)
                client.close()
                _ = try await sent
            }
        }
    }

    @Test func aTaskThatACallHasLeftWritesNothingMore() async throws {
        try await EngineFixture.run { fixture in
            for _ in 1...20 {
                let client = try fixture.client("leavesATask")
                try await client.write(0)
                _ = try await client.readAll()
            }
            let next = try fixture.client("counts")
            try await next.write(0)
            #expect(try await next.readPiece() == "0")
            #expect(fixture.notes.contains("The call has ended"))
        }
    }

    /// Waits until a number does not change any more.
    private func settled(_ number: () -> Int) async throws -> Int {
        var last = -1
        while number() != last {
            last = number()
            try await Task.sleep(for: .milliseconds(300))
        }
        return last
    }
}

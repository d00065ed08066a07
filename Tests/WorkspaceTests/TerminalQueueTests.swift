import Invocations
import TestSupport
import Testing

@testable import Workspace

@Suite(.supervised)
struct TerminalQueueTests {
    /// Returns the contents of the queue as text.
    private func text(_ pieces: [TerminalQueue.Piece]) -> [String] {
        pieces.map { piece in
            switch piece {
            case .text(let bytes, _): String(decoding: bytes, as: UTF8.self)
            case .printed(let output, _): String(decoding: output.lines.bytes, as: UTF8.self)
            }
        }
    }

    private func piece(_ text: String) -> TerminalQueue.Piece { .text(Array(text.utf8), to: 1) }

    @Test func piecesKeepTheirOrder() {
        var queue = TerminalQueue()
        queue.append(piece("a"))
        queue.append(piece("b"), isVital: true)
        #expect(text(queue.takeAll()) == ["a", "b"])
        #expect(queue.takeAll().isEmpty)
    }

    @Test func whatIsTooMuchIsLeftOutAndSaid() {
        var queue = TerminalQueue(limit: 500)
        queue.append(piece("first"))
        queue.append(piece(String(repeating: "x", count: 600)))
        queue.append(piece(String(repeating: "y", count: 1 << 20)))
        #expect(text(queue.takeAll()) == ["first", "… 1.0 MB of output left out: the console is too slow …\n"])
        queue.append(piece("next"))
        #expect(text(queue.takeAll()) == ["next"])
    }

    @Test func itIsSaidWhereItIsMissing() {
        var queue = TerminalQueue(limit: 500)
        queue.append(piece(String(repeating: "x", count: 501)))
        queue.append(piece("vital"), isVital: true)
        #expect(text(queue.takeAll()) == ["… 501 bytes of output left out: the console is too slow …\n", "vital"])
    }

    @Test func smallPiecesCountToo() {
        var queue = TerminalQueue(limit: 10_000)
        for _ in 0..<10_000 { queue.append(piece("x")) }
        #expect(queue.takeAll().count < 200)
    }
}

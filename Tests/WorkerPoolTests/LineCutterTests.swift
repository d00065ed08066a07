import TestSupport
import Testing

@testable import WorkerPool

@Suite(.supervised)
struct LineCutterTests {
    @Test(arguments: 1...7)
    func linesAreWholeHoweverTheReadsCame(length: Int) {
        let text = "first\n\nzweite: größe 日本 🎈\r\nlast"
        var cutter = LineCutter()
        var lines: [UInt8] = []
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let taken = cutter.take(bytes.prefix(length))
            #expect(taken.isEmpty || taken.last == UInt8(ascii: "\n"))
            #expect(String(validating: taken, as: UTF8.self) != nil)
            lines += taken
            bytes = bytes.dropFirst(length)
        }
        lines += cutter.takeRest()
        #expect(String(decoding: lines, as: UTF8.self) == text + "\n")
        #expect(cutter.takeRest().isEmpty)
    }

    @Test(arguments: ["x", "ö", "日", "🎈"], 0..<4)
    func aLineWithoutAnEndIsCutBetweenCharacters(character: String, shift: Int) {
        var cutter = LineCutter()
        var lines: [UInt8] = []
        let text = String(repeating: "-", count: shift) + String(repeating: character, count: 50_000)
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let taken = cutter.take(bytes.prefix(4099))
            #expect(String(validating: taken, as: UTF8.self) != nil)
            lines += taken
            bytes = bytes.dropFirst(4099)
        }
        lines += cutter.takeRest()
        #expect(String(decoding: lines, as: UTF8.self).filter { $0 != "\n" } == text)
        #expect(lines.split(separator: UInt8(ascii: "\n")).allSatisfy { $0.count < 2 * LineCutter.longestLine })
    }

    @Test func bytesThatAreNoTextPass() {
        var cutter = LineCutter()
        let bytes = [UInt8](repeating: 0x80, count: 3 * LineCutter.longestLine)
        let lines = cutter.take(bytes) + cutter.takeRest()
        #expect(lines.filter { $0 == 0x80 }.count == bytes.count)
    }
}

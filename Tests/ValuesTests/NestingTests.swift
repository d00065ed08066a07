import Foundation
import TestSupport
import Testing
import Values

@Suite(.supervised) struct NestingTests {
    static func nested(_ depth: Int, _ open: String, _ close: String) -> String {
        String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
    }

    static let shapes = [("[", "]"), ("{\"a\":", "}"), ("[{\"k\":1,\"a\":", "}]")]

    @Test(arguments: shapes) func depthEndsAtOneThousand(open: String, close: String) throws {
        let step = open.first == "[" && open.count > 1 ? 2 : 1
        let deepest = Self.nested(1_000 / step, open, close)
        let value = try JSONValue(parsing: deepest)
        #expect(try value.jsonString() == deepest)
        #expect(try JSONObjectScanner.scan(deepest.utf8.span) { _, _, _ in } == value.kind)

        let tooDeep = "[" + deepest + "]"
        let error = try #require(throws: JSONParsingError.self) { try JSONValue(parsing: tooDeep) }
        #expect(error.message == "lists and objects are nested more than 1,000 deep")
        #expect(throws: error) { _ = try JSONObjectScanner.scan(tooDeep.utf8.span) { _, _, _ in } }
        let written = try #require(throws: JSONWritingError.self) { try JSONValue.array([value]).jsonBytes() }
        #expect(written.message == "lists and objects are nested more than 1,000 deep")
    }

    @Test func aMillionBracketsAreRefused() {
        #expect(throws: JSONParsingError.self) { try JSONValue(parsing: String(repeating: "[", count: 1_000_000)) }
    }

    @Test(arguments: shapes) func parsingNeedsLittleStack(open: String, close: String) async {
        let text = Self.nested(1_000 / (open.hasPrefix("[{") ? 2 : 1), open, close)
        let kinds = await onThread(stackSize: 512 * 1_024) {
            let value = try? JSONValue(parsing: text)
            let scanned = try? JSONObjectScanner.scan(text.utf8.span) { _, _, _ in }
            return [value?.kind, scanned]
        }
        #expect(kinds == [open.hasPrefix("[") ? .array : .object, open.hasPrefix("[") ? .array : .object])
    }

    /// An optimised build needs less than 512 KB for this as well.
    @Test(arguments: shapes) func writingNeedsLittleStack(open: String, close: String) async throws {
        let text = Self.nested(1_000 / (open.hasPrefix("[{") ? 2 : 1), open, close)
        let value = try JSONValue(parsing: text)
        let written = await onThread(stackSize: 4_096 * 1_024) {
            let isEqual = (try? JSONValue(parsing: value.prettyJSONString())) == value
            return isEqual ? try? value.jsonString() : nil
        }
        #expect(written == text)
    }

    private func onThread<Result: Sendable>(
        stackSize: Int, _ body: @escaping @Sendable () -> Result
    ) async -> Result {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: body()) }
            thread.stackSize = stackSize
            thread.start()
        }
    }
}

import Foundation
import TestSupport
import Testing
import Values

/// Tests that compare the parser and the writer with Foundation's, on generated documents.
@Suite(.supervised) struct FoundationComparisonTests {
    @Test(arguments: 0..<40) func agreesWithFoundation(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<20 {
            let value = Self.document(depth: 4, &generator)
            let bytes = try value.jsonBytes()
            #expect(try JSONValue(parsing: bytes) == value)
            let pretty = try value.prettyJSONString()
            #expect(try JSONValue(parsing: pretty) == value)

            let theirs = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            let rewritten = try JSONSerialization.data(withJSONObject: theirs, options: .fragmentsAllowed)
            #expect(Self.loosened(try JSONValue(parsing: Array(rewritten))) == Self.loosened(value))
        }
    }

    @Test func refusesWhatFoundationRefuses() throws {
        var generator = SeededGenerator(seed: 99)
        for _ in 0..<2_000 {
            var bytes = try Self.document(depth: 3, &generator).jsonBytes()
            let position = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes.remove(at: position)
            case 1: bytes[position] = Array("{}[],:\"\\ 0a\n\u{1}".utf8).randomElement(using: &generator) ?? 0
            default: bytes[position] = UInt8.random(in: 0...255, using: &generator)
            }
            let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            let ours = try? JSONValue(parsing: bytes)
            let scanned = try? JSONObjectScanner.scan(bytes.span) { _, _, _ in }
            #expect((ours == nil) == (scanned == nil))
            // Foundation accepts some texts that are not JSON, such as lone escaped surrogates, which it drops. It
            // must not reject a text that our parser accepts.
            if theirs == nil { #expect(ours == nil, "\(String(decoding: bytes, as: UTF8.self))") }
        }
    }

    /// Returns the value with all numbers as doubles, because Foundation has only one kind of number.
    private static func loosened(_ value: JSONValue) -> JSONValue {
        switch value {
        case .integer, .bigInteger, .double: .double(value.double ?? 0)
        case .array(let elements): .array(elements.map(loosened))
        case .object(let object): .object(JSONObject(object.map { ($0.key, loosened($0.value)) }))
        default: value
        }
    }

    private static func document(depth: Int, _ generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 6), using: &generator) {
        case 0: return [nil, true, false].randomElement(using: &generator) ?? nil
        case 1: return .integer(.random(in: -1_000...1_000, using: &generator))
        case 2: return .integer(.random(in: .min ... .max, using: &generator))
        case 3: return .double(Double.random(in: -1e6...1e6, using: &generator))
        case 4, 5: return .string(text(&generator))
        case 6, 7:
            let count = Int.random(in: 0...6, using: &generator)
            return .array((0..<count).map { _ in document(depth: depth - 1, &generator) })
        default:
            let count = Int.random(in: 0...24, using: &generator)
            return .object(
                JSONObject((0..<count).map { (text(&generator) + "\($0)", document(depth: depth - 1, &generator)) }))
        }
    }

    private static func text(_ generator: inout SeededGenerator) -> String {
        let characters: [Character] = [
            "a", "b", "z", "0", " ", "\"", "\\", "/", "\n", "\u{1}", "é", "東", "😀", "\u{7F}",
        ]
        let count = Int.random(in: 0...20, using: &generator)
        return String((0..<count).map { _ in characters.randomElement(using: &generator) ?? "a" })
    }
}

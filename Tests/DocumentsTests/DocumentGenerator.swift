import Documents
import Foundation
import TestSupport

/// A generator of documents with all kinds of values. A failure can be repeated with the same seed.
struct DocumentGenerator: RandomNumberGenerator {
    private var numbers: SeededGenerator
    /// Whether the generator makes only decimal numbers whose bits are the same when they are read from their text.
    private let hasCanonicalDecimals: Bool

    init(seed: Int, hasCanonicalDecimals: Bool = false) {
        numbers = SeededGenerator(seed: UInt64(seed))
        self.hasCanonicalDecimals = hasCanonicalDecimals
    }

    mutating func next() -> UInt64 { numbers.next() }

    mutating func text() -> String {
        String(
            (0..<Int.random(in: 0...6, using: &self)).map { _ in
                "abz_.$ é\u{301}ß🐘\"\\\n".randomElement(using: &self) ?? "a"
            })
    }

    mutating func bytes(_ count: ClosedRange<Int>) -> [UInt8] {
        (0..<Int.random(in: count, using: &self)).map { _ in UInt8.random(in: .min ... .max, using: &self) }
    }

    mutating func id() -> ObjectID { ObjectID(bytes: bytes(12...12)) ?? ObjectID() }

    private mutating func decimal() -> Decimal128 {
        let number = Decimal128(high: next(), low: next())
        return hasCanonicalDecimals ? Decimal128(number.description) ?? number : number
    }

    mutating func document(levels: Int) -> BSONDocument {
        let most = Int.random(in: 0..<20, using: &self) == 0 ? 80 : 6
        return BSONDocument(
            (0..<Int.random(in: 0...most, using: &self)).map { _ in (text(), value(levels: levels - 1)) })
    }

    mutating func value(levels: Int) -> BSONValue {
        switch Int.random(in: levels > 0 ? 0...20 : 3...20, using: &self) {
        case 0: .document(document(levels: levels))
        case 1: .array((0..<Int.random(in: 0...4, using: &self)).map { _ in value(levels: levels - 1) })
        case 2: .javaScriptWithScope(text(), document(levels: levels))
        case 3: .double(Double(Int.random(in: -9...9, using: &self)) / 4)
        case 4: .double([.infinity, -.infinity, 1e-300, 1e308].randomElement(using: &self) ?? 0)
        case 5, 6: .string(text())
        case 7: .binary(BSONBinary(bytes(0...20), subtype: [0, 4, 5, 128].randomElement(using: &self) ?? 0))
        case 8: .objectID(id())
        case 9: .bool(Bool.random(using: &self))
        case 10:
            .date(Date(timeIntervalSince1970: Double(Int.random(in: -(1 << 50)...(1 << 50), using: &self)) / 1_000))
        case 11: .null
        case 12: .regex(BSONRegex(text(), options: "im"))
        case 13: .int32(Int32.random(in: .min ... .max, using: &self))
        case 14: .int64(Int64.random(in: .min ... .max, using: &self))
        case 15: .timestamp(BSONTimestamp(seconds: .random(in: 0 ... .max, using: &self), increment: 1))
        case 16: .decimal128(decimal())
        case 17: [.minKey, .maxKey, .undefined].randomElement(using: &self) ?? .minKey
        case 18: .javaScript(text())
        case 19: .symbol(text())
        default: .dbPointer(collection: text(), id: id())
        }
    }
}

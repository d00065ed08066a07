import FoundationEssentials

/// Reads documents from BSON bytes; trusts nothing in them.
struct BSONReader {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads the document that all of the bytes are.
    ///
    /// - Throws: ``BSONBytesError`` for bytes that are no document.
    mutating func readWhole() throws(BSONBytesError) -> BSONDocument {
        let document = try readDocument()
        guard position == bytes.count else { throw unreadable("bytes after the end") }
        return document
    }

    private mutating func readDocument() throws(BSONBytesError) -> BSONDocument {
        var document = BSONDocument()
        try readFields { document.append($0, $1) }
        return document
    }

    private mutating func readArray() throws(BSONBytesError) -> [BSONValue] {
        var elements: [BSONValue] = []
        try readFields { elements.append($1) }
        return elements
    }

    private mutating func readFields(_ body: (String, BSONValue) -> Void) throws(BSONBytesError) {
        depth += 1
        // A reply may hold a document of the greatest depth some levels down.
        guard depth <= BSONWriter.depthLimit * 2 else { throw .tooDeep }
        let start = position
        let length = Int(try read(Int32.self))
        guard length >= 5, length <= bytes.count - start else { throw unreadable("a length of \(length)") }
        while true {
            let raw = try read(UInt8.self)
            if raw == 0 { break }
            guard let kind = BSONKind(rawValue: raw) else { throw unreadable("a value of unknown kind \(raw)") }
            let key = try readTerminated()
            body(key, try readValue(kind))
        }
        guard position == start + length else { throw unreadable("a wrong length") }
        depth -= 1
    }

    private mutating func readValue(_ kind: BSONKind) throws(BSONBytesError) -> BSONValue {
        switch kind {
        case .double: .double(Double(bitPattern: try read(UInt64.self)))
        case .string: .string(try readText())
        case .document: .document(try readDocument())
        case .array: .array(try readArray())
        case .binary: .binary(try readBinary())
        case .objectID: .objectID(try readObjectID())
        case .bool: .bool(try read(UInt8.self) != 0)
        case .date: .date(Date(timeIntervalSince1970: Double(try read(Int64.self)) / 1_000))
        case .null: .null
        case .regex: .regex(BSONRegex(try readTerminated(), options: try readTerminated()))
        case .int32: .int32(try read(Int32.self))
        case .timestamp: readTimestamp(try read(UInt64.self))
        case .int64: .int64(try read(Int64.self))
        case .decimal128: try readDecimal()
        case .minKey: .minKey
        case .maxKey: .maxKey
        case .javaScript: .javaScript(try readText())
        case .symbol: .symbol(try readText())
        case .javaScriptWithScope: try readCodeWithScope()
        case .dbPointer: .dbPointer(collection: try readText(), id: try readObjectID())
        case .undefined: .undefined
        }
    }

    private func readTimestamp(_ raw: UInt64) -> BSONValue {
        .timestamp(
            BSONTimestamp(seconds: UInt32(raw >> 32), increment: UInt32(truncatingIfNeeded: raw)))
    }

    private mutating func readDecimal() throws(BSONBytesError) -> BSONValue {
        let low = try read(UInt64.self)
        return .decimal128(Decimal128(high: try read(UInt64.self), low: low))
    }

    private mutating func readCodeWithScope() throws(BSONBytesError) -> BSONValue {
        _ = try read(Int32.self)
        return .javaScriptWithScope(try readText(), try readDocument())
    }

    private mutating func readObjectID() throws(BSONBytesError) -> ObjectID {
        guard let id = ObjectID(bytes: try take(12)) else { throw unreadable("an object id") }
        return id
    }

    private mutating func readBinary() throws(BSONBytesError) -> BSONBinary {
        let count = Int(try read(Int32.self))
        let subtype = try read(UInt8.self)
        return BSONBinary(try take(count), subtype: subtype)
    }

    /// Text behind its length.
    private mutating func readText() throws(BSONBytesError) -> String {
        let count = Int(try read(Int32.self))
        guard count >= 1 else { throw unreadable("a text of length \(count)") }
        let text = try readUTF8(count - 1)
        guard try read(UInt8.self) == 0 else { throw unreadable("a text without an end") }
        return text
    }

    /// Text that ends at a zero byte.
    private mutating func readTerminated() throws(BSONBytesError) -> String {
        var end = position
        while end < bytes.count, bytes[end] != 0 { end += 1 }
        guard end < bytes.count else { throw unreadable("a text without an end") }
        let text = try readUTF8(end - position)
        position += 1
        return text
    }

    private mutating func readUTF8(_ count: Int) throws(BSONBytesError) -> String {
        guard count >= 0, count <= bytes.count - position else { throw unreadable("the end") }
        let range = position..<(position + count)
        position = range.upperBound
        return String(decoding: bytes[range], as: UTF8.self)
    }

    private mutating func take(_ count: Int) throws(BSONBytesError) -> [UInt8] {
        guard count >= 0, count <= bytes.count - position else { throw unreadable("the end") }
        let range = position..<(position + count)
        position = range.upperBound
        return Array(bytes[range])
    }

    private mutating func read<Number: FixedWidthInteger>(_ type: Number.Type) throws(BSONBytesError) -> Number {
        let count = Number.bitWidth / 8
        guard count <= bytes.count - position else { throw unreadable("the end") }
        var number: Number = 0
        for index in 0..<count { number |= Number(truncatingIfNeeded: bytes[position + index]) << (8 * index) }
        position += count
        return number
    }

    private func unreadable(_ problem: String) -> BSONBytesError { .unreadable(at: position, problem) }
}

extension BSONDocument {
    /// Reads a document from BSON bytes.
    ///
    /// - Throws: ``BSONBytesError`` for bytes that are no document.
    package init(bsonBytes: [UInt8]) throws(BSONBytesError) {
        var reader = BSONReader(bsonBytes)
        self = try reader.readWhole()
    }
}

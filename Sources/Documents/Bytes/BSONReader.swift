import FoundationEssentials
import Glibc

/// A reader of documents in BSON bytes, which it does not trust.
///
/// The bytes are borrowed: the reader must not be used after they are gone. Every value is read through ``take(_:)``,
/// which checks that its bytes exist.
@safe struct BSONReader {
    private let bytes: UnsafeRawBufferPointer
    private let end: Int
    private var position = 0
    private var depth = 0
    private static let usualFields = 4

    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes = bytes
        end = bytes.count
    }

    /// Reads the document that all of the bytes form.
    ///
    /// - Throws: ``BSONBytesError`` for bytes that are not a document.
    mutating func readWhole() throws(BSONBytesError) -> BSONDocument {
        let document = try readDocument()
        guard position == end else { throw unreadable("bytes after the end") }
        return document
    }

    private mutating func readDocument() throws(BSONBytesError) -> BSONDocument {
        var document = BSONDocument(capacity: Self.usualFields)
        try readFields { reader, kind throws(BSONBytesError) in
            let key = try reader.readTerminated()
            document.append(key, try reader.readValue(kind))
        }
        return document
    }

    private mutating func readArray() throws(BSONBytesError) -> [BSONValue] {
        var elements: [BSONValue] = []
        elements.reserveCapacity(Self.usualFields)
        try readFields { reader, kind throws(BSONBytesError) in
            // The keys are the positions, so they are not needed.
            _ = try unsafe reader.takeTerminated()
            elements.append(try reader.readValue(kind))
        }
        return elements
    }

    /// Reads the contents of a document or an array; `body` reads the key and the value.
    private mutating func readFields(
        _ body: (inout BSONReader, BSONKind) throws(BSONBytesError) -> Void
    ) throws(BSONBytesError) {
        depth += 1
        // A reply may contain a document of the greatest depth some levels down.
        guard depth <= BSONWriter.depthLimit * 2 else { throw .tooDeep }
        let start = position
        let length = Int(try read(Int32.self))
        guard length >= 5, length <= end - start else { throw unreadable("a length of \(length)") }
        while true {
            let raw = try read(UInt8.self)
            if raw == 0 { break }
            guard let kind = BSONKind(rawValue: raw) else { throw unreadable("a value of unknown kind \(raw)") }
            try body(&self, kind)
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
        case .date: .date(Date(millisecondsSince1970: try read(Int64.self)))
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
        let bytes = try unsafe take(12)
        guard let id = unsafe ObjectID(bytes: bytes) else { throw unreadable("an object id") }
        return id
    }

    private mutating func readBinary() throws(BSONBytesError) -> BSONBinary {
        let count = Int(try read(Int32.self))
        let subtype = try read(UInt8.self)
        var content = try unsafe take(count)
        if subtype == BSONBinary.oldSubtype, content.count >= 4 {
            let inner = unsafe Int32(littleEndian: content.loadUnaligned(as: Int32.self))
            // Bytes without the inner length are no reason to reject a document.
            if inner == content.count - 4 { unsafe content = UnsafeRawBufferPointer(rebasing: content[4...]) }
        }
        return BSONBinary(unsafe [UInt8](content), subtype: subtype)
    }

    /// Reads a text that follows its length.
    private mutating func readText() throws(BSONBytesError) -> String {
        let count = Int(try read(Int32.self))
        guard count >= 1 else { throw unreadable("a text of length \(count)") }
        let text = try readUTF8(count - 1)
        guard try read(UInt8.self) == 0 else { throw unreadable("a text without an end") }
        return text
    }

    /// Reads a text that ends with a zero byte.
    private mutating func readTerminated() throws(BSONBytesError) -> String {
        unsafe String(decoding: try takeTerminated(), as: UTF8.self)
    }

    /// Takes the bytes before the next zero byte, and moves past that byte too.
    private mutating func takeTerminated() throws(BSONBytesError) -> UnsafeRawBufferPointer {
        guard let start = unsafe bytes.baseAddress, position < end,
            let zero = unsafe memchr(start + position, 0, end - position)
        else { throw unreadable("a text without an end") }
        defer { position += 1 }
        return try unsafe take(UnsafeRawPointer(zero) - (start + position))
    }

    private mutating func readUTF8(_ count: Int) throws(BSONBytesError) -> String {
        unsafe String(decoding: try take(count), as: UTF8.self)
    }

    private mutating func read<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type
    ) throws(BSONBytesError) -> Number {
        unsafe Number(littleEndian: try take(Number.bitWidth / 8).loadUnaligned(as: Number.self))
    }

    /// Takes the given number of next bytes, or throws an error if there are fewer.
    private mutating func take(_ count: Int) throws(BSONBytesError) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= end - position else { throw unreadable("the end") }
        defer { position += count }
        return unsafe UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)])
    }

    private func unreadable(_ problem: String) -> BSONBytesError { .unreadable(at: position, problem) }
}

extension BSONDocument {
    /// Reads a document from BSON bytes.
    ///
    /// - Throws: ``BSONBytesError`` for bytes that are not a document.
    package init(bsonBytes: [UInt8]) throws(BSONBytesError) {
        self = try unsafe bsonBytes.withUnsafeBufferPointer { bytes throws(BSONBytesError) in
            try unsafe BSONDocument(bsonBytes: UnsafeRawBufferPointer(bytes))
        }
    }

    /// Reads a document from BSON bytes, which are copied.
    ///
    /// - Throws: ``BSONBytesError`` for bytes that are not a document.
    package init(bsonBytes: UnsafeRawBufferPointer) throws(BSONBytesError) {
        var reader = unsafe BSONReader(bsonBytes)
        self = try reader.readWhole()
    }
}

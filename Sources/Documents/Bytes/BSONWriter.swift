import FoundationEssentials

/// A writer of documents as BSON bytes.
struct BSONWriter {
    /// The greatest depth to which documents may be nested, which is MongoDB's limit.
    static let depthLimit = 100

    private(set) var bytes: [UInt8] = []
    private var depth = 0
    private let depthLimit: Int

    /// Creates a writer.
    ///
    /// - Parameter depthLimit: the greatest depth of the output. A command contains documents of the greatest depth,
    ///   so it may be deeper.
    init(depthLimit: Int = Self.depthLimit) {
        self.depthLimit = depthLimit
    }

    /// Writes a whole document.
    ///
    /// - Throws: ``BSONBytesError`` for a document that is nested too deep, or for a key or pattern that contains a
    ///   zero byte.
    mutating func write(_ document: BSONDocument) throws(BSONBytesError) {
        try writeFields { writer throws(BSONBytesError) in
            for (key, value) in document { try writer.write(value, key: key) }
        }
    }

    private mutating func write(_ elements: [BSONValue]) throws(BSONBytesError) {
        try writeFields { writer throws(BSONBytesError) in
            for (index, value) in elements.enumerated() { try writer.write(value, key: String(index)) }
        }
    }

    private mutating func writeFields(
        _ body: (inout BSONWriter) throws(BSONBytesError) -> Void
    ) throws(BSONBytesError) {
        depth += 1
        guard depth <= depthLimit else { throw .tooDeep }
        try writeLengthPrefixed { writer throws(BSONBytesError) in
            try body(&writer)
            writer.bytes.append(0)
        }
        depth -= 1
    }

    /// Writes the output of `body` after its length, which includes the four bytes of the length itself.
    private mutating func writeLengthPrefixed(
        _ body: (inout BSONWriter) throws(BSONBytesError) -> Void
    ) throws(BSONBytesError) {
        let start = bytes.count
        append(Int32(0))
        try body(&self)
        let length = Int32(truncatingIfNeeded: bytes.count - start)
        for index in 0..<4 { bytes[start + index] = UInt8(truncatingIfNeeded: length >> (8 * Int32(index))) }
    }

    private mutating func write(_ value: BSONValue, key: String) throws(BSONBytesError) {
        bytes.append(value.kind.rawValue)
        try appendTerminated(key, what: "key")
        switch value {
        case .double(let double): append(double.bitPattern)
        case .string(let text), .javaScript(let text), .symbol(let text): append(text)
        case .document(let document): try write(document)
        case .array(let elements): try write(elements)
        case .binary(let binary): append(binary)
        case .objectID(let id): bytes.append(contentsOf: id.bytes)
        case .bool(let flag): bytes.append(flag ? 1 : 0)
        case .date(let date): append(date.millisecondsSince1970)
        case .null, .undefined, .minKey, .maxKey: break
        case .regex(let regex):
            try appendTerminated(regex.pattern, what: "pattern")
            try appendTerminated(regex.options, what: "pattern's options")
        case .int32(let number): append(number)
        case .timestamp(let timestamp): append(UInt64(timestamp.seconds) << 32 | UInt64(timestamp.increment))
        case .int64(let number): append(number)
        case .decimal128(let number):
            append(number.low)
            append(number.high)
        case .javaScriptWithScope(let code, let scope):
            try writeLengthPrefixed { writer throws(BSONBytesError) in
                writer.append(code)
                try writer.write(scope)
            }
        case .dbPointer(let collection, let id):
            append(collection)
            bytes.append(contentsOf: id.bytes)
        }
    }

    private mutating func append(_ number: some FixedWidthInteger) {
        for index in 0..<(number.bitWidth / 8) { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
    }

    /// Appends a text after its length. The text may contain any character.
    private mutating func append(_ text: String) {
        let utf8 = text.utf8
        append(Int32(truncatingIfNeeded: utf8.count + 1))
        bytes.append(contentsOf: utf8)
        bytes.append(0)
    }

    private mutating func append(_ binary: BSONBinary) {
        let isOld = binary.subtype == BSONBinary.oldSubtype
        append(Int32(truncatingIfNeeded: binary.bytes.count + (isOld ? 4 : 0)))
        bytes.append(binary.subtype)
        if isOld { append(Int32(truncatingIfNeeded: binary.bytes.count)) }
        bytes.append(contentsOf: binary.bytes)
    }

    /// Appends a text that ends with a zero byte and therefore cannot contain one.
    private mutating func appendTerminated(_ text: String, what: String) throws(BSONBytesError) {
        guard !text.utf8.contains(0) else { throw .zeroByte(in: what, text) }
        bytes.append(contentsOf: text.utf8)
        bytes.append(0)
    }
}

extension BSONDocument {
    /// The document as BSON bytes.
    package var bsonBytes: [UInt8] {
        get throws(BSONBytesError) { try bytes(depthLimit: BSONWriter.depthLimit) }
    }

    /// The document as the bytes of a command, which may contain documents of the greatest depth some levels down.
    package var commandBytes: [UInt8] {
        get throws(BSONBytesError) { try bytes(depthLimit: BSONWriter.depthLimit * 2) }
    }

    private func bytes(depthLimit: Int) throws(BSONBytesError) -> [UInt8] {
        var writer = BSONWriter(depthLimit: depthLimit)
        try writer.write(self)
        return writer.bytes
    }
}

extension BSONValue {
    fileprivate var kind: BSONKind {
        switch self {
        case .double: .double
        case .string: .string
        case .document: .document
        case .array: .array
        case .binary: .binary
        case .objectID: .objectID
        case .bool: .bool
        case .date: .date
        case .null: .null
        case .regex: .regex
        case .int32: .int32
        case .timestamp: .timestamp
        case .int64: .int64
        case .decimal128: .decimal128
        case .minKey: .minKey
        case .maxKey: .maxKey
        case .javaScript: .javaScript
        case .javaScriptWithScope: .javaScriptWithScope
        case .symbol: .symbol
        case .dbPointer: .dbPointer
        case .undefined: .undefined
        }
    }
}

extension Date {
    /// Creates the date that MongoDB stores as the given number.
    init(millisecondsSince1970 milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1_000)
    }

    /// The milliseconds since 1970, rounded to the nearest integer and clamped to the range of `Int64`.
    var millisecondsSince1970: Int64 {
        let milliseconds = (timeIntervalSince1970 * 1_000).rounded()
        return Int64(exactly: milliseconds) ?? (milliseconds < 0 ? .min : .max)
    }
}

import Values

/// A value that is being encoded by its own type, and its path from the top-level value.
final class BSONEncoding: Encoder {
    private enum Shape: String {
        case single = "a single value"
        case list = "a list"
        case document = "a document"
    }

    /// An element or field of a container.
    private enum Part {
        case finished(BSONValue)
        /// A nested container, which may be filled until encoding ends.
        case open(BSONEncoding)
    }

    /// The encoding of the container that will hold the value, or nil at the top level.
    private let parent: BSONEncoding?
    /// The value's place in that container.
    private let key: (any CodingKey)?
    /// The number of containers around the value.
    private let depth: Int
    private var shape: Shape?
    private var single = BSONValue.null
    /// The parts of a list or document so far. In a list, their keys are empty.
    private var parts: [(key: String, part: Part)] = []
    private var mistake: NotRepresentable?
    /// Whether the value's fields have no order of their own and would be in a different order in each process.
    private var isUnordered = false

    private init(parent: BSONEncoding?, key: (any CodingKey)?) {
        self.parent = parent
        self.key = key
        depth = parent.map { $0.depth + 1 } ?? 0
    }

    /// Encodes a value that `parent` will hold under `key`.
    static func encode(
        _ value: some Encodable, parent: BSONEncoding?, key: @autoclosure () -> (any CodingKey)?
    ) throws -> BSONValue {
        do throws(NotRepresentable) {
            if let converted = try convert(value, depth: parent.map { $0.depth + 1 } ?? 0) { return converted }
        } catch {
            throw error.encodingError(of: value, at: BSONEncoding(parent: parent, key: key()).codingPath)
        }
        let encoding = BSONEncoding(parent: parent, key: key())
        guard encoding.depth <= BSONWriter.depthLimit else {
            throw NotRepresentable.tooDeep.encodingError(of: value, at: encoding.codingPath)
        }
        encoding.isUnordered = value is any UnorderedFields
        try value.encode(to: encoding)
        return try encoding.finish()
    }

    /// Converts a value to BSON if its type has a BSON form apart from its own coding; otherwise returns nil.
    ///
    /// - Parameter depth: the number of containers around the value.
    private static func convert(_ value: some Encodable, depth: Int) throws(NotRepresentable) -> BSONValue? {
        guard let representable = value as? any BSONRepresentable else { return nil }
        let converted = try representable.bsonValue
        if converted.isDeeper(than: BSONWriter.depthLimit - depth) { throw .tooDeep }
        return converted
    }

    var codingPath: [any CodingKey] {
        var path: [any CodingKey] = []
        var encoding: BSONEncoding? = self
        while let current = encoding {
            if let key = current.key { path.append(key) }
            encoding = current.parent
        }
        return path.reversed()
    }

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        take(.document)
        return KeyedEncodingContainer(EncodedFields<Key>(encoding: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        take(.list)
        return EncodedElements(encoding: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    /// Records the shape of the container that the type requests.
    ///
    /// A type may request its container again, as a class and its superclass do, but not one of another shape.
    private func take(_ shape: Shape) {
        if let before = self.shape, before != shape {
            mistake = NotRepresentable(
                "the type encodes itself both as \(before.rawValue) and as \(shape.rawValue)")
        }
        if shape != .single, depth >= BSONWriter.depthLimit { mistake = .tooDeep }
        self.shape = shape
    }

    /// Returns the value after its type has encoded it. A type that encoded nothing gives a document without fields.
    private func finish() throws -> BSONValue {
        if let mistake { throw mistake.encodingError(of: self, at: codingPath) }
        switch shape {
        case .single: return single
        case .list: return .array(try parts.map { try Self.finish($0.part) })
        case .document, nil:
            if isUnordered { parts.sort { $0.key < $1.key } }
            return .document(BSONDocument(try parts.map { ($0.key, try Self.finish($0.part)) }))
        }
    }

    private static func finish(_ part: Part) throws -> BSONValue {
        switch part {
        case .finished(let value): value
        case .open(let encoding): try encoding.finish()
        }
    }
}

// MARK: - Container operations

extension BSONEncoding {
    var count: Int { parts.count }

    func append(_ value: some Encodable) throws {
        parts.append(("", .finished(try Self.encode(value, parent: self, key: StepKey.index(count)))))
    }

    func set(_ value: some Encodable, for key: some CodingKey) throws {
        parts.append((key.stringValue, .finished(try Self.encode(value, parent: self, key: key))))
    }

    /// Creates an encoding whose value will be the next element.
    func appendNested() -> BSONEncoding {
        let nested = BSONEncoding(parent: self, key: StepKey.index(count))
        parts.append(("", .open(nested)))
        return nested
    }

    /// Creates an encoding whose value will be the field of the given key.
    func setNested(_ key: any CodingKey) -> BSONEncoding {
        let nested = BSONEncoding(parent: self, key: key)
        parts.append((key.stringValue, .open(nested)))
        return nested
    }
}

extension BSONEncoding: SingleValueEncodingContainer {
    func encodeNil() { setSingle(.null) }

    func encode<T: Encodable>(_ value: T) throws {
        do throws(NotRepresentable) {
            if let converted = try Self.convert(value, depth: depth) { return setSingle(converted) }
        } catch {
            throw error.encodingError(of: value, at: codingPath)
        }
        isUnordered = value is any UnorderedFields
        try value.encode(to: self)
    }

    // Without these, the standard library's defaults, which throw, would be called instead of the generic function.
    func encode(_ value: Int128) throws { setSingle(try Self.encode(value, parent: parent, key: key)) }
    func encode(_ value: UInt128) throws { setSingle(try Self.encode(value, parent: parent, key: key)) }

    private func setSingle(_ value: BSONValue) {
        take(.single)
        single = value
    }
}

extension BSONValue {
    /// Returns whether documents and lists are nested more than the given number of levels deep.
    func isDeeper(than levels: Int) -> Bool {
        switch self {
        case .document(let document), .javaScriptWithScope(_, let document):
            levels < 1 || document.contains { $0.value.isDeeper(than: levels - 1) }
        case .array(let elements): levels < 1 || elements.contains { $0.isDeeper(than: levels - 1) }
        default: false
        }
    }
}

/// A value whose fields have no order of their own.
private protocol UnorderedFields {}

extension Dictionary: UnorderedFields {}

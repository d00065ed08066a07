/// A value that is being encoded, and its path from the top-level value.
final class ValueEncoding: Encoder {
    private enum Shape { case none, single, list, object }

    /// The encoding of the container that will hold the value, or nil at the top level.
    private let parent: ValueEncoding?
    /// The value's place in that container.
    private let key: any CodingKey
    /// The number of containers around the value.
    private let depth: Int
    private var shape = Shape.none
    private var single = JSONValue.null
    fileprivate(set) var elements: [JSONValue] = []
    fileprivate(set) var object = JSONObject()
    /// The nested containers, which may be filled until encoding ends, with their places in `elements` or `object`.
    private var nested: [(place: any CodingKey, encoding: ValueEncoding)] = []
    private var mistake: String?

    private init(parent: ValueEncoding?, key: any CodingKey) {
        self.parent = parent
        self.key = key
        depth = parent.map { $0.depth + 1 } ?? 0
    }

    /// Encodes a value that `parent` will hold under `key`.
    @inline(__always)
    static func encode<T: Encodable>(
        _ value: T, parent: ValueEncoding?, key: @autoclosure () -> any CodingKey
    ) throws -> JSONValue {
        switch ScalarEncoding.convert(value) {
        case .value(let converted): return converted
        case .refused(let reason): throw ValueEncoding(parent: parent, key: key()).refusal(of: value, reason)
        case .notScalar:
            let encoding = ValueEncoding(parent: parent, key: key())
            guard encoding.depth <= JSONReader.depthLimit else {
                throw encoding.refusal(of: value, nestedTooDeep)
            }
            try value.encode(to: encoding)
            return try encoding.finish()
        }
    }

    var codingPath: [any CodingKey] {
        var path: [any CodingKey] = []
        var encoding = self
        while let parent = encoding.parent {
            path.append(encoding.key)
            encoding = parent
        }
        return path.reversed()
    }

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        take(.object)
        if object.isEmpty { object.reserveCapacity(4) }
        return KeyedEncodingContainer(KeyedValueEncoding<Key>(encoding: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        take(.list)
        return UnkeyedValueEncoding(encoding: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    /// Returns the value after its type has encoded it. A type that encoded nothing gives an empty object.
    private func finish() throws -> JSONValue {
        // Nested encodings refer to this one. Without this, they would form a reference cycle.
        defer { nested = [] }
        if let mistake { throw refusal(of: self, mistake) }
        for (place, encoding) in nested {
            let value = try encoding.finish()
            if shape == .list, let index = place.intValue {
                elements[index] = value
            } else {
                object[place.stringValue] = value
            }
        }
        switch shape {
        case .none, .object: return .object(object)
        case .list: return .array(elements)
        case .single: return single
        }
    }

    /// Records the shape of the container that the type requests.
    ///
    /// A type may request its container again, as a class and its superclass do, but not one of another shape.
    private func take(_ shape: Shape) {
        if self.shape != .none, self.shape != shape {
            mistake = "the type encodes itself both as \(Self.name(self.shape)) and as \(Self.name(shape))"
        }
        if shape != .single, depth >= JSONReader.depthLimit { mistake = Self.nestedTooDeep }
        self.shape = shape
    }

    private static let nestedTooDeep = "lists and objects are nested more than 1,000 deep"

    private static func name(_ shape: Shape) -> String {
        switch shape {
        case .none: "nothing"
        case .single: "a single value"
        case .list: "a list"
        case .object: "an object"
        }
    }

    private func refusal(of value: Any, _ reason: String) -> EncodingError {
        let path = codingPath
        let text = path.isEmpty ? reason : "\(ValuePath.text(path)): \(reason)"
        return .invalidValue(value, EncodingError.Context(codingPath: path, debugDescription: text))
    }
}

// MARK: - Container operations

extension ValueEncoding {
    @inline(__always)
    func append(_ value: some Encodable) throws {
        elements.append(try Self.encode(value, parent: self, key: StepKey.index(elements.count)))
    }

    @inline(__always)
    func set<Key: CodingKey>(_ value: some Encodable, for key: Key) throws {
        object[key.stringValue] = try Self.encode(value, parent: self, key: key)
    }

    /// Creates an encoding whose value will be the next element.
    func appendNested() -> ValueEncoding {
        let encoding = ValueEncoding(parent: self, key: StepKey.index(elements.count))
        nested.append((encoding.key, encoding))
        elements.append(.null)
        return encoding
    }

    /// Creates an encoding whose value will be the member under the given key.
    func setNested(_ key: any CodingKey) -> ValueEncoding {
        let encoding = ValueEncoding(parent: self, key: key)
        nested.append((key, encoding))
        object[key.stringValue] = .null
        return encoding
    }
}

extension ValueEncoding: SingleValueEncodingContainer {
    func encodeNil() { setSingle(.null) }

    func encode<T: Encodable>(_ value: T) throws { try encodeWhole(value) }

    // Without these, the standard library's defaults, which throw, would be called instead of the generic function.
    func encode(_ value: Int128) throws { try encodeWhole(value) }
    func encode(_ value: UInt128) throws { try encodeWhole(value) }

    @inline(__always)
    private func encodeWhole(_ value: some Encodable) throws {
        switch ScalarEncoding.convert(value) {
        case .value(let converted): setSingle(converted)
        case .refused(let reason): throw refusal(of: value, reason)
        case .notScalar: try value.encode(to: self)
        }
    }

    private func setSingle(_ value: JSONValue) {
        take(.single)
        single = value
    }
}

/// A parser that builds the values of a JSON text without recursion, so that depth costs no stack.
struct JSONParser: ~Copyable {
    /// A list or object whose end has not been read yet.
    private struct Container {
        let isObject: Bool
        /// The position of its first element or member in their stack.
        let start: Int
    }

    private var reader: JSONReader
    /// The finished elements of all open lists.
    private var elements = MovingStack<JSONValue>()
    /// The members of all open objects; the last one of each waits for its value.
    private var members = MovingStack<JSONObject.Entry>()
    /// The innermost open container, or nil at the top level.
    private var container: Container?
    /// The containers around it, outermost first.
    private var outer: [Container] = []

    /// Whether `Infinity`, `-Infinity` and `NaN` are accepted as numbers.
    private let takesNonFinite: Bool

    init(_ bytes: UnsafeBufferPointer<UInt8>, takesNonFinite: Bool = false) throws(JSONParsingError) {
        reader = unsafe try JSONReader(bytes)
        self.takesNonFinite = takesNonFinite
    }

    /// Returns the document's value, or throws an error unless the whole text is one value.
    consuming func parse() throws(JSONParsingError) -> JSONValue {
        while true {
            guard var value = try readValueOrEnterContainer() else { continue }
            closing: while true {
                guard let container else {
                    try reader.expectEnd()
                    return value
                }
                reader.skipWhitespace()
                if container.isObject {
                    members.last.value = value
                    switch reader.next {
                    case UInt8(ascii: ","):
                        reader.position += 1
                        try readKey()
                        break closing
                    case UInt8(ascii: "}"): value = .object(JSONObject(parsed: members.takeAll(from: container.start)))
                    default: throw reader.unexpected("',' or '}'")
                    }
                } else {
                    elements.append(value)
                    switch reader.next {
                    case UInt8(ascii: ","):
                        reader.position += 1
                        break closing
                    case UInt8(ascii: "]"): value = .array(elements.takeAll(from: container.start))
                    default: throw reader.unexpected("',' or ']'")
                    }
                }
                reader.position += 1
                self.container = outer.popLast()
            }
        }
    }

    /// Reads a whole value, or the beginning of a container that is not empty, in which case it returns nil.
    @inline(__always)
    private mutating func readValueOrEnterContainer() throws(JSONParsingError) -> JSONValue? {
        reader.skipWhitespace()
        switch reader.next {
        case UInt8(ascii: "\""): return .string(reader.string(try reader.readString()))
        case UInt8(ascii: "{"):
            try enter(Container(isObject: true, start: members.count))
            if reader.next == UInt8(ascii: "}") { return leaveEmpty(.object(JSONObject())) }
            try readKey()
            return .none
        case UInt8(ascii: "["):
            try enter(Container(isObject: false, start: elements.count))
            if reader.next == UInt8(ascii: "]") { return leaveEmpty(.array([])) }
            return .none
        case UInt8(ascii: "t"):
            try reader.readLiteral("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try reader.readLiteral("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try reader.readLiteral("null")
            return .null
        case UInt8(ascii: "-") where takesNonFinite && reader.isNegativeInfinity:
            try reader.readLiteral("-Infinity")
            return .double(-.infinity)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try reader.value(try reader.readNumber())
        case UInt8(ascii: "I") where takesNonFinite:
            try reader.readLiteral("Infinity")
            return .double(.infinity)
        case UInt8(ascii: "N") where takesNonFinite:
            try reader.readLiteral("NaN")
            return .double(.nan)
        default: throw reader.unexpected("a value")
        }
    }

    @inline(__always)
    private mutating func enter(_ inner: Container) throws(JSONParsingError) {
        if let container {
            guard outer.count < JSONReader.depthLimit - 1 else { throw reader.nestedTooDeep() }
            outer.append(container)
        }
        container = inner
        reader.position += 1
        reader.skipWhitespace()
    }

    @inline(__always)
    private mutating func leaveEmpty(_ value: JSONValue) -> JSONValue {
        reader.position += 1
        container = outer.popLast()
        return value
    }

    /// Reads a key and its colon and adds a member that waits for its value.
    @inline(__always)
    private mutating func readKey() throws(JSONParsingError) {
        try reader.expectKey()
        members.append(JSONObject.Entry(key: reader.string(try reader.readString()), value: .null))
        try reader.expectColon()
    }
}

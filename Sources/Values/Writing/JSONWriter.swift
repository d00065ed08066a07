/// A writer of JSON text into its own buffer.
struct JSONWriter: ~Copyable {
    /// The bytes written so far.
    var bytes = ByteBuffer()
    /// Whether each member and element has its own line, indented by two spaces per level.
    var isPretty = false
    /// Whether numbers that JSON cannot hold are written, as `Infinity`, `-Infinity` and `NaN`, instead of rejected.
    var writesNonFinite = false
    /// The number of open containers.
    private var depth = 0

    init() {}

    /// The bytes written so far, as an array.
    var array: [UInt8] { unsafe bytes.withBytes { unsafe [UInt8]($0) } }

    /// The bytes written so far, as text.
    var text: String { unsafe bytes.withBytes { unsafe String(decoding: $0, as: UTF8.self) } }

    /// Appends a value. After an error, the bytes are incomplete.
    mutating func write(_ value: JSONValue) throws(JSONWritingError) {
        switch value {
        case .null: write(literal: "null")
        case .bool(let bool): write(literal: bool ? "true" : "false")
        case .integer(let integer): write(integer)
        case .bigInteger(let digits): try write(digits: digits)
        case .double(let double): try write(double)
        case .string(let string): write(string)
        case .array(let elements): try write(elements)
        case .object(let object): try write(object)
        }
    }

    // MARK: - Containers

    private mutating func write(_ elements: [JSONValue]) throws(JSONWritingError) {
        try open(UInt8(ascii: "["))
        for index in elements.indices {
            separate(isFirst: index == 0)
            do throws(JSONWritingError) {
                try write(elements[index])
            } catch {
                throw error.inside(.index(index))
            }
        }
        close(UInt8(ascii: "]"), isEmpty: elements.isEmpty)
    }

    private mutating func write(_ object: JSONObject) throws(JSONWritingError) {
        try open(UInt8(ascii: "{"))
        for index in object.indices {
            let (key, value) = object[index]
            separate(isFirst: index == 0)
            write(key)
            bytes.append(UInt8(ascii: ":"))
            if isPretty { bytes.append(UInt8(ascii: " ")) }
            do throws(JSONWritingError) {
                try write(value)
            } catch {
                throw error.inside(.key(key))
            }
        }
        close(UInt8(ascii: "}"), isEmpty: object.isEmpty)
    }

    @inline(__always)
    private mutating func open(_ bracket: UInt8) throws(JSONWritingError) {
        guard depth < JSONReader.depthLimit else {
            throw JSONWritingError("lists and objects are nested more than 1,000 deep")
        }
        depth += 1
        bytes.append(bracket)
    }

    @inline(__always)
    private mutating func separate(isFirst: Bool) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        if isPretty { breakLine() }
    }

    @inline(__always)
    private mutating func close(_ bracket: UInt8, isEmpty: Bool) {
        depth -= 1
        if isPretty, !isEmpty { breakLine() }
        bytes.append(bracket)
    }

    private mutating func breakLine() {
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<depth * 2 { bytes.append(UInt8(ascii: " ")) }
    }

    // MARK: - Literals and numbers

    @inline(__always)
    mutating func write(literal: StaticString) {
        unsafe bytes.append(
            contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    mutating func write(_ integer: Int64) {
        if 0...9 ~= integer {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: integer))
            return
        }
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { buffer in
            var rest = integer.magnitude
            var start = buffer.count
            repeat {
                start -= 1
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
                unsafe buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
                rest = quotient
            } while rest > 0
            if integer < 0 {
                start -= 1
                unsafe buffer[start] = UInt8(ascii: "-")
            }
            unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start...]))
        }
    }

    private mutating func write(digits: String) throws(JSONWritingError) {
        let magnitude = digits.utf8.first == UInt8(ascii: "-") ? digits.utf8.dropFirst() : digits.utf8[...]
        guard let first = magnitude.first, magnitude.allSatisfy({ $0 &- 0x30 < 10 }),
            first != UInt8(ascii: "0") || magnitude.count == 1
        else { throw JSONWritingError("\(ValuePath.quoted(digits)) are not the digits of an integer") }
        bytes.append(contentsOf: digits)
    }

    /// Appends the shortest text that reads back as the same double. It never looks like an integer.
    mutating func write(_ double: Double) throws(JSONWritingError) {
        guard double.isFinite else {
            guard writesNonFinite else { throw JSONWritingError(Self.refusal(of: double)) }
            bytes.append(contentsOf: Self.name(of: double))
            return
        }
        bytes.append(contentsOf: double.description)
    }

    /// Returns the message about a number that is not finite.
    static func refusal(of double: Double) -> String { "\(name(of: double)) is not a number that JSON can hold" }

    private static func name(of double: Double) -> String {
        double.isNaN ? "NaN" : double < 0 ? "-Infinity" : "Infinity"
    }
}

import Values

extension TypeDescriber {
    /// Returns the shape of an enum whose every value is one text or number, or nil for any other type.
    /// - Throws: `SchemaProblem` for an enum with raw values whose cases cannot be listed.
    func caseShape(of type: any Any.Type) throws(SchemaProblem) -> Shape? {
        guard TypeKind(type) == .enumeration else { return nil }
        if let values = Self.caseValues(type) { return values.isEmpty ? nil : .cases(values) }
        guard type is any RawRepresentable.Type else { return nil }
        throw problem(type, "whose cases cannot be listed: make it CaseIterable")
    }

    /// Returns the values as they are encoded, or else the raw values. The list is empty if an `enum` cannot list
    /// either of them.
    private static func caseValues<T>(_ type: T.Type) -> [JSONValue]? {
        guard let cases = EnumerationCases.all(of: type) else { return nil }
        let encoded = cases.compactMap { ($0 as? any Encodable).flatMap { scalar($0) } }
        if encoded.count == cases.count { return encoded }
        let raw = cases.compactMap { ($0 as? any RawRepresentable).flatMap { rawScalar($0) } }
        return raw.count == cases.count ? raw : []
    }

    private static func rawScalar(_ value: some RawRepresentable) -> JSONValue? {
        (value.rawValue as? any Encodable).flatMap { scalar($0) }
    }

    private static func scalar(_ value: some Encodable) -> JSONValue? {
        guard let json = try? ValueEncoder().encode(value) else { return nil }
        switch json {
        case .bool, .integer, .bigInteger, .double, .string: return json
        case .null, .array, .object: return nil
        }
    }
}

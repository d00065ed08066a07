import Values

extension TypeDescriber {
    /// The shape of an enum whose every value is one text or number, nil for all other types.
    /// - Throws: `SchemaProblem` for an enum with raw values whose cases cannot be listed.
    func caseShape(of type: any Any.Type) throws(SchemaProblem) -> Shape? {
        guard TypeKind(type) == .enumeration else { return nil }
        if let values = Self.caseValues(type) { return values.isEmpty ? nil : .cases(values) }
        guard type is any RawRepresentable.Type else { return nil }
        throw problem(type, "whose cases cannot be listed: make it CaseIterable")
    }

    /// The values as they are encoded, else the raw values; empty when they are nothing that an `enum` can list.
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

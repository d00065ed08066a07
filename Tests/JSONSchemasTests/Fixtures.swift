import FoundationEssentials
import Values

/// The output of pydantic, from `Fixtures/goldens.json`.
enum Fixtures {
    /// Returns the schema with that name.
    static func schema(_ name: String) throws -> JSONValue? { try goldens()["schemas"]?[name] }

    /// Returns the titles of properties, with the properties' names.
    static func titles() throws -> [(name: String, title: String)] {
        try goldens()["titles"]?.object?.map { ($0.key, $0.value.string ?? "") } ?? []
    }

    private static func goldens() throws -> JSONValue {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/goldens.json")
        return try JSONValue(parsing: [UInt8](try Data(contentsOf: file)))
    }
}

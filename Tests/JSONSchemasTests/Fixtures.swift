import FoundationEssentials
import Values

/// What pydantic says, from `Fixtures/goldens.json`.
enum Fixtures {
    /// The schema of that name.
    static func schema(_ name: String) throws -> JSONValue? { try goldens()["schemas"]?[name] }

    /// The titles of properties by their names.
    static func titles() throws -> [(name: String, title: String)] {
        try goldens()["titles"]?.object?.map { ($0.key, $0.value.string ?? "") } ?? []
    }

    private static func goldens() throws -> JSONValue {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/goldens.json")
        return try JSONValue(parsing: [UInt8](try Data(contentsOf: file)))
    }
}

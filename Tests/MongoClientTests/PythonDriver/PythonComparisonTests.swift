import Documents
import Foundation
import MongoClient
import TestSupport
import Testing
import Values

/// Tests that run the same operations with MongoDB's driver for Python and with a `DocumentStore`, on databases of
/// one server.
@Suite(.supervised)
struct PythonComparisonTests {
    private static let tables: [OperationTable] = [
        .inserts, .finds, .updates, .findsAndModifies, .deletes, .counts, .aggregations, .bulkWrites, .indexes, .kinds,
        .numbers,
    ]

    @Test func doesWhatTheDriverForPythonDoes() async throws {
        let uri = try await MongoServer.shared.get().ready()
        let connection = try MongoClient(uri: uri)
        let id = UUID().uuidString.prefix(8)
        let (theirs, ours) = ("python-\(id)", "swift-\(id)")
        let python = try PythonDriver(uri: uri, database: theirs, other: ours)
        let comparison = Comparison(databases: [theirs, ours])
        for table in Self.tables + [.names(connection)] {
            let store = DocumentStore(connection: connection, database: ours, collection: table.collection)
            let other = DocumentStore(connection: connection, database: theirs, collection: table.collection)
            for operation in table.operations {
                let result = await Self.result(of: operation, on: store)
                let answer = try python.evaluate(operation.python, on: table.collection)
                let name: Comment = "\(table.collection): \(operation.python)"
                let (ourResult, theirResult) = try (
                    comparison.text(result.extendedJSON), comparison.text(answer.result)
                )
                if let difference = operation.difference {
                    #expect(ourResult != theirResult, "\(name), of which is said that it differs: \(difference)")
                } else {
                    #expect(ourResult == theirResult, name)
                }
                let (stored, others) = try (comparison.texts(answer.stored), comparison.texts(answer.others))
                #expect(others == stored, "documents after \(name)")
                let read = try await other.find(sort: ["_id": 1]).all().map { try $0.bsonBytes.hexadecimal }
                #expect(read == answer.stored, "documents as they are read after \(name)")
                // With different documents, the rest of the table would differ as well.
                if others != stored { break }
            }
        }
    }

    /// Returns the result of the operation, or its error.
    private static func result(of operation: Operation, on store: DocumentStore) async -> BSONValue {
        do { return try await operation.swift(store) } catch let error as DocumentStoreError {
            return error.comparable
        } catch is EncodingError {
            return ["error": "not sent"]
        } catch { return ["error": .string(String(describing: error))] }
    }
}

/// A comparison that ignores the differences between answers from different databases.
private struct Comparison {
    let databases: [String]
    private let start = Date.now

    init(databases: [String]) { self.databases = databases }

    /// Returns the text of the value without the names of the databases, without generated identifiers, and without
    /// the descriptions of indexes in messages, whose order depends on the driver.
    func text(_ value: JSONValue) throws -> String {
        let text = try value.jsonString().replacing(/(specification|spec:) \{.*\}/, with: "index")
            .replacing(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, with: "UUID")
        return databases.reduce(generatedIDs(in: text).reduce(text) { $0.replacing($1, with: "generated") }) {
            $0.replacing($1, with: "database")
        }
    }

    /// Returns the text and the bytes of each document, without generated identifiers.
    func texts(_ documents: [String]) throws -> [String] {
        try documents.map { bytes in
            let text = try BSONValue.document(BSONDocument(bsonBytes: bytes.bytes)).extendedJSON.jsonString()
            return generatedIDs(in: text).reduce("\(text), bytes \(bytes)") { $0.replacing($1, with: "generated") }
        }
    }

    private func generatedIDs(in text: String) -> [String] {
        text.matches(of: /"\$oid":"([0-9a-f]{24})"/).compactMap { ObjectID(String($0.1)) }
            .filter { $0.date > start - 60 }.map(\.hexString)
    }
}

extension [UInt8] {
    /// The bytes as hexadecimal digits, two per byte.
    fileprivate var hexadecimal: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}

extension String {
    /// The bytes that hexadecimal digits stand for, two digits each.
    fileprivate var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var digits = self[...]
        while !digits.isEmpty {
            bytes.append(UInt8(digits.prefix(2), radix: 16) ?? 0)
            digits = digits.dropFirst(2)
        }
        return bytes
    }
}

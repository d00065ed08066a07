import Documents

extension OperationTable {
    /// Returns operations on databases and collections with unusual names.
    ///
    /// - Parameter connection: a connection that reaches databases of other names.
    static func names(_ connection: any DocumentStoreConnection) -> OperationTable {
        @Sendable func insert(_ database: String, _ collection: String) async throws -> InsertOneResult {
            try await DocumentStore(connection: connection, database: database, collection: collection)
                .insertOne(["_id": 1])
        }
        return OperationTable("names") {
            Operation("c.database.client['a b'].x.insert_one({'_id': 1})") { _ in try await insert("a b", "x") }
            Operation("c.database.client['a.b'].x.insert_one({'_id': 1})") { _ in try await insert("a.b", "x") }
            Operation("c.database.client['a$b'].x.insert_one({'_id': 1})") { _ in try await insert("a$b", "x") }
            Operation("c.database.client[''].x.insert_one({'_id': 1})") { _ in try await insert("", "x") }
            Operation("c.database[''].insert_one({'_id': 1})") { _ in try await insert("names", "") }
            Operation("c.database['a$b'].insert_one({'_id': 1})") { _ in try await insert("names", "a$b") }
            Operation("c.database['a\\0b'].insert_one({'_id': 1})") { _ in try await insert("names", "a\u{0}b") }
            Operation("c.database['.a'].insert_one({'_id': 1})") { _ in try await insert("names", ".a") }
            Operation("c.database['a.'].insert_one({'_id': 1})") { _ in try await insert("names", "a.") }
            Operation("c.database['a..b'].insert_one({'_id': 1})") { _ in
                try await insert("names", "a..b")
            }
            Operation("c.database['a.b é/*'].insert_one({'_id': 1})") { _ in try await insert("names", "a.b é/*") }
            Operation(
                "c.database.client['d' * 64].x.insert_one({'_id': 1})"
            ) { _ in
                try await insert(String(repeating: "d", count: 64), "x")
            }
            Operation("c.database['c' * 255].insert_one({'_id': 1})", difference: "the message names the database") {
                _ in
                try await insert("names", String(repeating: "c", count: 255))
            }
            Operation("c.database['system.x'].insert_one({'_id': 1})", difference: "the server need not be asked") {
                _ in
                try await insert("names", "system.x")
            }
        }
    }
}

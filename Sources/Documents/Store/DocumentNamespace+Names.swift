extension DocumentNamespace {
    /// Checks the names by MongoDB's rules.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidName`.
    ///
    /// Source: MongoDB manual, "MongoDB Limits and Thresholds", naming restrictions.
    package func check() throws(DocumentStoreError) {
        try check(!database.isEmpty && database.utf8.count <= 63, "database", database, "it takes 1 to 63 bytes")
        try check(
            !database.utf8.contains(where: Self.forbidden.contains), "database", database,
            #"it takes none of / \ . " $ and no space"#)
        try check(
            !["admin", "config", "local"].contains(database.lowercased()), "database", database,
            "MongoDB keeps its own there")
        try check(!collection.isEmpty, "collection", collection, "it cannot be empty")
        try check(
            !collection.utf8.contains { $0 == UInt8(ascii: "$") || $0 == 0 }, "collection", collection, "it takes no $")
        try check(
            !collection.hasPrefix("system.") && !collection.hasPrefix(".") && !collection.hasSuffix("."), "collection",
            collection, "it cannot begin with 'system.', nor begin or end with a dot")
        try check(
            database.utf8.count + collection.utf8.count < 255, "collection", collection,
            "with the database's name it takes fewer than 255 bytes")
    }

    private static let forbidden = [UInt8]("/\\. \"$\0".utf8)

    private func check(
        _ isFit: Bool, _ what: String, _ name: String, _ rule: String
    ) throws(DocumentStoreError) {
        guard !isFit else { return }
        throw DocumentStoreError(
            .invalidName, "\(name.debugDescription) is no name for a \(what): \(rule)",
            remedy: what == "database" ? "The database is named by the public id of the call's company." : nil)
    }
}

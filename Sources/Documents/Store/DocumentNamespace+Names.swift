extension DocumentNamespace {
    /// Checks the names against MongoDB's rules.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidName`.
    ///
    /// Source: MongoDB manual, "MongoDB Limits and Thresholds", naming restrictions.
    package func check() throws(DocumentStoreError) {
        // MongoDB itself reports names that are too long.
        try check(!database.isEmpty, "database", database, "it cannot be empty")
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
            !collection.hasPrefix("system.") && !collection.hasPrefix(".") && !collection.hasSuffix(".")
                && !collection.contains(".."), "collection",
            collection, "it cannot begin with 'system.', begin or end with a dot, or have two dots in a row")
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

package import Values

/// Reads YAML 1.1 texts the way PyYAML's safe loader does.
package enum YAMLDocument {
    /// Reads a text of at most one document; one without a document, such as an empty one, is null.
    ///
    /// Integers of any size stay integers, binary data is its base64 text, dates and times are ISO 8601 text, sets are lists, and
    /// ordered mappings and `!!pairs` are lists of pairs. Keys that are not text become text as in JSON written by Python.
    /// - Parameters:
    ///   - bytes: The text in UTF-8, with or without a byte order mark.
    ///   - file: The path or name that errors shall show.
    /// - Throws: for a text that is not UTF-8 or not YAML, for tags that the safe loader does not know, for a list or mapping
    ///   as a key, and for a text nested or expanded beyond measure, each at its place.
    package static func parse(_ bytes: [UInt8], file: String) throws(YAMLError) -> JSONValue {
        try root(of: bytes, file: file).value
    }

    /// Reads a text as `parse` does and tells where its outermost value starts, which is nowhere in one without a document, or with an empty one.
    static func root(of bytes: [UInt8], file: String) throws(YAMLError) -> (value: JSONValue, place: YAMLPlace?) {
        do throws(YAMLError) {
            let tree = try YAMLComposer.tree(of: UTF8Text.checked(bytes))
            guard let root = tree.root else { return (.null, nil) }
            var constructor = YAMLConstructor(tree)
            let node = tree.nodes[root]
            let isEmpty = if case .scalar("") = node.content { true } else { false }
            let value = try constructor.value(of: root)
            return (value, isEmpty && value.isNull ? nil : node.place)
        } catch {
            var error = error
            error.file = file
            throw error
        }
    }
}

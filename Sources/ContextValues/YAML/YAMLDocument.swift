package import Values

/// A reader of YAML 1.1 texts that behaves like PyYAML's safe loader.
package enum YAMLDocument {
    /// Reads a text of at most one document. A text without a document, such as an empty one, gives null.
    ///
    /// Integers of any size stay integers, binary data becomes base64 text, dates and times become ISO 8601 text,
    /// sets become lists, and ordered mappings and `!!pairs` become lists of pairs. Keys that are not text become
    /// text as in JSON written by Python.
    /// - Parameters:
    ///   - bytes: the text in UTF-8, with or without a byte order mark.
    ///   - file: the path or name that errors show.
    /// - Throws: `YAMLError` with the place of the problem, for a text that is not UTF-8 or not YAML, for tags that
    ///   the safe loader does not know, for a list or mapping as a key, and for a text that is nested or expanded too
    ///   far.
    package static func parse(_ bytes: [UInt8], file: String) throws(YAMLError) -> JSONValue {
        try root(of: bytes, file: file).value
    }

    /// Reads a text as `parse` does, and also returns the place where its outermost value starts. The place is nil if
    /// there is no document or the document is empty.
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

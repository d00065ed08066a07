/// The type of a node, given by its tag or determined from its text.
enum YAMLTag: Equatable {
    case string, null, bool, integer, float, timestamp, binary
    case merge
    /// The type of a plain `=`, which YAML 1.1 defines and nothing here constructs.
    case value
    case sequence, mapping, set, orderedMapping, pairs
    /// Any other tag, in full.
    case unknown(String)

    private static let prefix = "tag:yaml.org,2002:"

    private static let named: [String: YAMLTag] = [
        "str": .string, "null": .null, "bool": .bool, "int": .integer, "float": .float, "timestamp": .timestamp,
        "binary": .binary, "merge": .merge, "value": .value, "seq": .sequence, "map": .mapping, "set": .set,
        "omap": .orderedMapping, "pairs": .pairs,
    ]

    /// Creates the type that an explicit tag names, or returns nil for `!`, which leaves the type to the node.
    init?(explicit tag: String) {
        guard tag != "!" else { return nil }
        let name = tag.hasPrefix(Self.prefix) ? String(tag.dropFirst(Self.prefix.count)) : ""
        self = Self.named[name] ?? .unknown(tag)
    }
}

extension YAMLTag: CustomStringConvertible {
    /// The tag in its usual notation: `!!int`, `!local`, `!<tag:example.com,2000:app>`.
    var description: String {
        guard case .unknown(let tag) = self else {
            return "!!\(Self.named.first { $0.value == self }?.key ?? "")"
        }
        if tag.hasPrefix(Self.prefix) { return "!!\(tag.dropFirst(Self.prefix.count))" }
        return tag.hasPrefix("!") ? tag : "!<\(tag)>"
    }
}

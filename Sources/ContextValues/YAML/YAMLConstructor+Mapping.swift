import Values

extension YAMLConstructor {
    /// A member of a mapping. A member that comes from a merge key is shared with the mapping it came from.
    struct Member {
        let key: YAMLTree.NodeID
        let value: YAMLTree.NodeID
        var isMerged = false
    }

    /// Returns the members of a mapping, with their keys as text.
    ///
    /// Keys are the same if Python treats them as equal, such as `1`, `1.0` and `true`. The first of them names the
    /// member, and the last value counts. The last value also counts among different keys with the same text, such as
    /// `1` and `"1"`.
    mutating func object(of id: YAMLTree.NodeID, _ path: Path) throws(YAMLError) -> JSONObject {
        var entries: [(MappingKey, JSONValue)] = []
        var positions: [MappingKey.Identity: Int] = [:]
        for member in try members(of: id, path) {
            let path = member.isMerged ? path.shared : path
            let key = try key(member.key, path)
            let value = try value(of: member.value, path)
            if let position = positions[key.identity] {
                entries[position].1 = value
            } else {
                positions[key.identity] = entries.count
                entries.append((key, value))
            }
        }
        return JSONObject(entries.lazy.map { ($0.text, $1) })
    }

    /// Returns the keys of a mapping, each once.
    mutating func keys(of id: YAMLTree.NodeID, _ path: Path) throws(YAMLError) -> [JSONValue] {
        var keys: [JSONValue] = []
        var known: Set<MappingKey.Identity> = []
        for member in try members(of: id, path) {
            let path = member.isMerged ? path.shared : path
            let key = try key(member.key, path)
            _ = try value(of: member.value, path)
            if known.insert(key.identity).inserted { keys.append(key.value) }
        }
        return keys
    }

    private mutating func key(_ id: YAMLTree.NodeID, _ path: Path) throws(YAMLError) -> MappingKey {
        let node = tree.nodes[tree.target(of: id)]
        if case (.value, .scalar(let text)) = (node.tag, node.content) { return MappingKey(text: text) }
        guard let key = MappingKey(try value(of: id, path)) else {
            throw tree.nodes[id].place.error("\(node.kindDescription) cannot be a key")
        }
        return key
    }

    // MARK: - Merge keys

    /// Returns the members of a mapping. Those from merge keys come first, so that its own and those of earlier
    /// mappings come last and win.
    private mutating func members(of id: YAMLTree.NodeID, _ path: Path) throws(YAMLError) -> [Member] {
        if let members = flattened[id] { return members }
        guard case .mapping(let children) = tree.nodes[id].content else { return [] }
        var merged: [Member] = []
        var own: [Member] = []
        for index in stride(from: 0, to: children.count, by: 2) {
            let (key, value) = (children[index], children[index + 1])
            if tree.nodes[tree.target(of: key)].tag == .merge {
                merged += try mergedMembers(from: value, path)
            } else {
                own.append(Member(key: key, value: value))
            }
        }
        flattened[id] = merged + own
        return merged + own
    }

    private mutating func mergedMembers(from value: YAMLTree.NodeID, _ path: Path) throws(YAMLError) -> [Member] {
        let target = tree.target(of: value)
        switch tree.nodes[target].content {
        case .mapping: return try merge(target, at: value, path)
        case .sequence(let elements):
            var merged: [Member] = []
            for element in elements.reversed() {
                let target = tree.target(of: element)
                guard case .mapping = tree.nodes[target].content else { throw notMergeable(element) }
                merged += try merge(target, at: element, path)
            }
            return merged
        case .scalar, .alias: throw notMergeable(value)
        }
    }

    private mutating func merge(
        _ mapping: YAMLTree.NodeID, at source: YAMLTree.NodeID, _ path: Path
    ) throws(YAMLError) -> [Member] {
        let place = tree.nodes[source].place
        let members = try members(of: mapping, deeper(path, at: place))
        try count(members.count, at: place)
        return members.map { Member(key: $0.key, value: $0.value, isMerged: true) }
    }

    private func notMergeable(_ id: YAMLTree.NodeID) -> YAMLError {
        let found = tree.nodes[tree.target(of: id)].kindDescription
        return tree.nodes[id].place.error("<< needs a mapping or a list of mappings, found \(found)")
    }
}

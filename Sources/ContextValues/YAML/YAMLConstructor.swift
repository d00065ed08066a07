import Values

/// A constructor that turns the tree of a document into a value.
struct YAMLConstructor {
    /// A position in the tree: its depth, and whether it was reached through an alias or a merge key.
    struct Path {
        var depth = 0
        var isShared = false

        var shared: Path { Path(depth: depth, isShared: true) }
    }

    /// The greatest number of nodes that aliases and merge keys may add to a document. 64 bytes of text count as one
    /// more node.
    static let maximumExpansion = 1_000_000

    let tree: YAMLTree
    private var expansion = 0
    /// The members of mappings whose merge keys have been followed.
    var flattened: [YAMLTree.NodeID: [Member]] = [:]

    init(_ tree: YAMLTree) {
        self.tree = tree
    }

    /// Returns the value of a node and of everything in it.
    mutating func value(of id: YAMLTree.NodeID, _ path: Path = Path()) throws(YAMLError) -> JSONValue {
        let node = tree.nodes[id]
        if path.isShared { try count(1, at: node.place) }
        switch node.content {
        case .alias(let target): return try value(of: target, path.shared)
        case .scalar(let text):
            if path.isShared { try count(text.utf8.count / 64, at: node.place) }
            return try scalar(text, node)
        case .sequence(let elements):
            return try sequence(elements, node, try deeper(path, at: node.place))
        case .mapping:
            return try mapping(id, node, try deeper(path, at: node.place))
        }
    }

    /// Counts nodes that are reached through an alias or a merge key, so that a short text cannot fill the memory.
    mutating func count(_ nodes: Int, at place: YAMLPlace) throws(YAMLError) {
        expansion += nodes
        guard expansion <= Self.maximumExpansion else {
            throw place.error("aliases and merge keys expand to more than \(Self.maximumExpansion) values")
        }
    }

    /// Returns the path one level further down. Aliases may lead beyond the depth of the text.
    func deeper(_ path: Path, at place: YAMLPlace) throws(YAMLError) -> Path {
        guard path.depth < YAMLTree.maximumDepth else {
            throw place.error("lists and mappings are nested more than \(YAMLTree.maximumDepth) deep")
        }
        return Path(depth: path.depth + 1, isShared: path.isShared)
    }

    // MARK: - Kinds of nodes

    private func scalar(_ text: String, _ node: YAMLTree.Node) throws(YAMLError) -> JSONValue {
        do throws(ScalarProblem) {
            switch node.tag {
            case .string: return .string(text)
            case .null: return .null
            case .bool: return .bool(try YAMLBool.value(of: text))
            case .integer: return try YAMLInteger.value(of: text)
            case .float: return .double(try YAMLFloat.value(of: text))
            case .timestamp: return .string(try YAMLTimestamp(text).isoText)
            case .binary: return .string(try Base64.normalized(text))
            default: throw mismatch(node)
            }
        } catch {
            throw node.place.error(error.message)
        }
    }

    private mutating func sequence(
        _ elements: [YAMLTree.NodeID], _ node: YAMLTree.Node, _ path: Path
    ) throws(YAMLError) -> JSONValue {
        var values: [JSONValue] = []
        values.reserveCapacity(elements.count)
        switch node.tag {
        case .sequence:
            for element in elements { values.append(try value(of: element, path)) }
        case .orderedMapping, .pairs:
            for element in elements { values.append(try pair(element, of: node.tag, path)) }
        default: throw node.place.error(mismatch(node).message)
        }
        return .array(values)
    }

    private mutating func mapping(
        _ id: YAMLTree.NodeID, _ node: YAMLTree.Node, _ path: Path
    ) throws(YAMLError) -> JSONValue {
        switch node.tag {
        case .mapping: .object(try object(of: id, path))
        case .set: .array(try keys(of: id, path))
        default: throw node.place.error(mismatch(node).message)
        }
    }

    /// Returns the only member of a mapping in an `!!omap` or `!!pairs`, as a list of key and value.
    private mutating func pair(
        _ element: YAMLTree.NodeID, of tag: YAMLTag, _ path: Path
    ) throws(YAMLError) -> JSONValue {
        let node = tree.nodes[tree.target(of: element)]
        guard case .mapping(let children) = node.content, children.count == 2 else {
            throw tree.nodes[element].place.error("each element of \(tag) must be a mapping with one member")
        }
        let path = element == tree.target(of: element) ? path : path.shared
        let inner = try deeper(path, at: node.place)
        return .array([try value(of: children[0], inner), try value(of: children[1], inner)])
    }

    /// Returns the reason that a node's content does not match its tag.
    private func mismatch(_ node: YAMLTree.Node) -> ScalarProblem {
        let needed: String
        switch node.tag {
        case .unknown: return ScalarProblem("the tag is not known (put a text that begins with ! in quotes)")
        case .value: return ScalarProblem("a plain = has no value in YAML 1.1, put it in quotes")
        case .merge: return ScalarProblem("<< merges mappings only as a key, put it in quotes if it is meant as text")
        case .sequence, .orderedMapping, .pairs: needed = "a list"
        case .mapping, .set: needed = "a mapping"
        default: needed = "a single value"
        }
        return ScalarProblem("\(node.tag) needs \(needed), found \(node.kindDescription)")
    }
}

extension YAMLTree.Node {
    /// The name of this kind of node in messages.
    var kindDescription: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar, .alias: "a single value"
        }
    }
}

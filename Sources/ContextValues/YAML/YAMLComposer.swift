/// A composer that builds the tree of a document from its events.
struct YAMLComposer: ~Copyable {
    private struct OpenCollection {
        let id: YAMLTree.NodeID
        let isMapping: Bool
        var children: [YAMLTree.NodeID] = []
    }

    private var parser: YAMLEventParser
    private var tree = YAMLTree()
    private var anchors: [String: YAMLTree.NodeID] = [:]
    private var open: [OpenCollection] = []

    private init(_ bytes: [UInt8]) throws(YAMLError) {
        parser = try YAMLEventParser(bytes)
    }

    /// Reads the only document of a UTF-8 text without a byte order mark.
    ///
    /// - Throws: `YAMLError` for anything that libyaml rejects, an undefined or repeated anchor, an alias inside the
    ///   node that it stands for, collections nested too deep, and a second document. A text without a document is
    ///   not an error.
    static func tree(of bytes: [UInt8]) throws(YAMLError) -> YAMLTree {
        var composer = try YAMLComposer(bytes)
        while try composer.readEvent() {}
        return composer.tree
    }

    /// Reads the next event, and returns false at the end.
    private mutating func readEvent() throws(YAMLError) -> Bool {
        let event = try parser.next()
        switch event.kind {
        case .streamStart, .documentEnd: break
        case .streamEnd: return false
        case .documentStart:
            if tree.root != nil {
                throw event.place.error("a second document starts here, the file must hold only one")
            }
        case .alias(let name):
            try addAlias(name, at: event.place)
        case .scalar(let text, let properties, let isPlain):
            let isResolved = isPlain || properties.tag == "!"
            let tag = properties.tag.flatMap(YAMLTag.init(explicit:)) ?? (isResolved ? YAMLTag(plain: text) : .string)
            try add(.init(tag: tag, content: .scalar(text), place: event.place), properties)
        case .sequenceStart(let properties):
            try openCollection(properties, isMapping: false, at: event.place)
        case .mappingStart(let properties):
            try openCollection(properties, isMapping: true, at: event.place)
        case .sequenceEnd, .mappingEnd:
            closeCollection()
        }
        return true
    }

    private mutating func openCollection(
        _ properties: YAMLEvent.Properties, isMapping: Bool, at place: YAMLPlace
    ) throws(YAMLError) {
        guard open.count < YAMLTree.maximumDepth else {
            throw place.error("lists and mappings are nested more than \(YAMLTree.maximumDepth) deep")
        }
        let tag = properties.tag.flatMap(YAMLTag.init(explicit:)) ?? (isMapping ? .mapping : .sequence)
        let id = try add(.init(tag: tag, content: isMapping ? .mapping([]) : .sequence([]), place: place), properties)
        open.append(OpenCollection(id: id, isMapping: isMapping))
    }

    private mutating func closeCollection() {
        guard let closed = open.popLast() else { return }
        tree.nodes[closed.id].content = closed.isMapping ? .mapping(closed.children) : .sequence(closed.children)
    }

    private mutating func addAlias(_ name: String, at place: YAMLPlace) throws(YAMLError) {
        guard let target = anchors[name] else {
            // The name may be a password that is not quoted.
            throw place.error("the alias has no anchor before it (put a text that begins with * in quotes)")
        }
        guard !open.contains(where: { $0.id == target }) else {
            throw place.error("the alias stands inside of what it stands for")
        }
        try add(.init(tag: tree.nodes[target].tag, content: .alias(target), place: place), .init())
    }

    @discardableResult
    private mutating func add(
        _ node: YAMLTree.Node, _ properties: YAMLEvent.Properties
    ) throws(YAMLError) -> YAMLTree.NodeID {
        let id = tree.nodes.count
        if let anchor = properties.anchor {
            if let first = anchors[anchor].map({ tree.nodes[$0].place }) {
                throw node.place.error(
                    "the anchor &\(anchor) is there already (at \(first.line):\(first.column)), it needs another name")
            }
            anchors[anchor] = id
        }
        tree.nodes.append(node)
        if open.isEmpty { tree.root = id } else { open[open.count - 1].children.append(id) }
        return id
    }
}

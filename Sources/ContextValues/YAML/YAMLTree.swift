/// The nodes of one document, each known by its position; a collection names its children by theirs.
struct YAMLTree {
    /// The position of a node in `nodes`.
    typealias NodeID = Int

    struct Node {
        enum Content {
            case scalar(String)
            case sequence([NodeID])
            /// Keys and values in turn.
            case mapping([NodeID])
            /// Stands for a node that came before and does not contain this one.
            case alias(NodeID)
        }

        var tag: YAMLTag
        var content: Content
        let place: YAMLPlace
    }

    /// Collections inside each other, at most.
    static let maximumDepth = 1_000

    var nodes: [Node] = []
    /// The outermost node, nil in a text without a document.
    var root: NodeID?

    /// The node with that position or, when it is an alias, the one that it stands for.
    func target(of id: NodeID) -> NodeID {
        if case .alias(let target) = nodes[id].content { target } else { id }
    }
}

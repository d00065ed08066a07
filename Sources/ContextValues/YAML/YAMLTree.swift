/// The nodes of one document. A node is identified by its position, and a collection lists the positions of its
/// children.
struct YAMLTree {
    /// The position of a node in `nodes`.
    typealias NodeID = Int

    struct Node {
        enum Content {
            case scalar(String)
            case sequence([NodeID])
            /// Keys and values, alternating.
            case mapping([NodeID])
            /// An alias for a node that came before and does not contain this one.
            case alias(NodeID)
        }

        var tag: YAMLTag
        var content: Content
        let place: YAMLPlace
    }

    /// The greatest depth of nested collections.
    static let maximumDepth = 1_000

    var nodes: [Node] = []
    /// The outermost node, or nil in a text without a document.
    var root: NodeID?

    /// Returns the node at a position or, if that is an alias, the node that it stands for.
    func target(of id: NodeID) -> NodeID {
        if case .alias(let target) = nodes[id].content { target } else { id }
    }
}

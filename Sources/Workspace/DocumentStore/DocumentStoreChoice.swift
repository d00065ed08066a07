/// Where a workspace's documents are kept, as the setting says.
package enum DocumentStoreChoice: Equatable, Sendable {
    /// The first that there is: a container, `mongod`.
    case auto
    /// In a container of ours.
    case container
    /// By a `mongod` of ours: the one on PATH, else one that is installed.
    case mongod
    /// Nowhere.
    case none
    /// At a server that somebody else runs, by its connection string.
    case server(String)

    /// Reads the setting's value; nil for any other text.
    init?(_ text: String) {
        switch text.lowercased() {
        case "auto": self = .auto
        case "container": self = .container
        case "mongod": self = .mongod
        case "none": self = .none
        default:
            guard text.hasPrefix("mongodb://") || text.hasPrefix("mongodb+srv://") else { return nil }
            self = .server(text)
        }
    }

    /// The ways to run a server of ours, in the order in which they are tried.
    var ways: [ServerWay] {
        switch self {
        case .auto: [.container, .mongod]
        case .container: [.container]
        case .mongod: [.mongod]
        case .none, .server: []
        }
    }
}

/// A way to run a MongoDB server of ours; the raw value is the kind that `/_/health` names.
enum ServerWay: String, Sendable {
    case container
    case mongod
}

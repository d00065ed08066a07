/// Where a workspace's documents are kept, as the setting says.
package enum DocumentStoreChoice: Equatable, Sendable {
    /// The first that works: a container, the `mongod` on PATH, one that is installed.
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
        case .auto: [.container, .mongodOnPath, .installedMongod]
        case .container: [.container]
        case .mongod: [.mongodOnPath, .installedMongod]
        case .none, .server: []
        }
    }
}

/// A way to run a MongoDB server of ours; the raw value is what messages call it.
enum ServerWay: String, Sendable {
    case container
    case mongodOnPath = "mongod on PATH"
    /// The one that pip installs, from `requirements/mongod.txt`.
    case installedMongod = "installed mongod"

    /// What `/_/health` calls it.
    var kind: String { self == .container ? "container" : "mongod" }
}

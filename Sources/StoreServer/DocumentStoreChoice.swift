/// The setting that selects the server for a workspace's documents.
package enum DocumentStoreChoice: Equatable, Sendable {
    /// The first of these that works: a container, the `mongod` on PATH, an installed `mongod`.
    case auto
    /// A container that the emulator runs.
    case container
    /// A `mongod` that the emulator runs: the one on PATH, or else an installed one.
    case mongod
    /// No document store.
    case none
    /// A server that someone else runs, with its connection string.
    case server(String)

    /// Creates a choice from the setting's value, or returns nil for any other text.
    package init?(_ text: String) {
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

    /// The ways in which the emulator can run a server, in the order in which they are tried.
    var ways: [ServerWay] {
        switch self {
        case .auto: [.container, .mongodOnPath, .installedMongod]
        case .container: [.container]
        case .mongod: [.mongodOnPath, .installedMongod]
        case .none, .server: []
        }
    }
}

/// A way to run a MongoDB server; the raw value is its name in messages.
enum ServerWay: String, Sendable {
    case container
    case mongodOnPath = "mongod on PATH"
    /// The `mongod` that pip installs, from `requirements/mongod.txt`.
    case installedMongod = "installed mongod"

    /// The name of the way in `/_/health`.
    var kind: String { self == .container ? "container" : "mongod" }
}

package import Failures
import SystemSupport
package import Values

/// The state of the document store, as the workspace reports it to the emulator, and the emulator to its workers.
package enum DocumentStoreState: Equatable, Sendable {
    /// The store is being looked for, installed or started. Code that needs it waits.
    case starting
    /// The store is running and can be reached.
    case ready(Address)
    /// There is no store. The failure gives the reason and the remedy.
    case unavailable(Failure)
    /// Each request gives the address of its documents, as in production. A request without an address has no
    /// documents.
    case byRequest

    /// The address of a store that can be reached.
    package struct Address: Equatable, Sendable {
        /// The connection string. It must never be shown, because it may contain a user and a password.
        package var uri: String
        /// The way in which the store runs: `uri`, `container` or `mongod`.
        package var kind: String
        /// The version of MongoDB, as in `6.0.5`.
        package var version: String

        /// Whether the emulator has started the server, so that its data may be removed.
        package var isOurs: Bool { kind != "uri" }

        package init(uri: String, kind: String, version: String) {
            self.uri = uri
            self.kind = kind
            self.version = version
        }

        /// The connection string without user, password and options, as in `mongodb://127.0.0.1:27017/`.
        package var redactedURI: String { ConnectionString.redacted(uri) }
    }
}

extension DocumentStoreState {
    /// The state as `state` (`starting`, `ready`, `unavailable`, `by-request`) and its details: `kind`, `version` and
    /// `uri`, or `failure`.
    package var json: JSONObject {
        switch self {
        case .starting: ["state": "starting"]
        case .ready(let address):
            [
                "state": "ready", "kind": .string(address.kind), "version": .string(address.version),
                "uri": .string(address.uri),
            ]
        case .unavailable(let failure): ["state": "unavailable", "failure": .object(failure.json)]
        case .byRequest: ["state": "by-request"]
        }
    }

    /// Creates the state from the members that ``json`` returns, or nil for anything else.
    package init?(json: JSONObject) {
        switch json["state"]?.string {
        case "starting": self = .starting
        case "ready":
            guard let uri = json["uri"]?.string, let kind = json["kind"]?.string, let version = json["version"]?.string
            else { return nil }
            self = .ready(Address(uri: uri, kind: kind, version: version))
        case "unavailable":
            guard let failure = json["failure"]?.object.flatMap(Failure.init(json:)) else { return nil }
            self = .unavailable(failure)
        case "by-request": self = .byRequest
        default: return nil
        }
    }
}

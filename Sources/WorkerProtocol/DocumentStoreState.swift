package import Failures
package import Values

/// Where the document store is, as the workspace tells the ingress and the ingress its workers.
package enum DocumentStoreState: Equatable, Sendable {
    /// It is being looked for, installed or started; whoever needs it waits.
    case starting
    /// It answers.
    case ready(Address)
    /// There is none: why, and what to do about it.
    case unavailable(Failure)
    /// Requests say where each finds its documents, as in production; without such a word they have none.
    case byRequest

    /// A store that answers.
    package struct Address: Equatable, Sendable {
        /// Connection string, with user and password where it has them: never to be shown.
        package var uri: String
        /// How it runs: `uri`, `container` or `mongod`.
        package var kind: String
        /// MongoDB's version, as in `6.0.5`.
        package var version: String

        /// Whether the emulator has started the server, so that what is in it may be removed.
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
    /// The state as `state` (`starting`, `ready`, `unavailable`) and what belongs to it: `kind`, `version`, `uri`; or `failure`.
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

    /// Reads what ``json`` wrote; nil for anything else.
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

extension DocumentStoreState {
    /// What may be shown to anyone: `state`, and for a store that answers `kind`, `version` and the `uri` without user and
    /// password; else `message` and `remedy`.
    package var publicJSON: JSONObject {
        switch self {
        case .starting: ["state": "starting"]
        case .ready(let address):
            [
                "state": "ready", "kind": .string(address.kind), "version": .string(address.version),
                "uri": .string(address.redactedURI),
            ]
        case .unavailable(let failure):
            JSONObject([
                ("state", "unavailable"), ("message", .string(failure.message)),
                ("remedy", failure.remedy.map(JSONValue.string) ?? .null),
            ])
        case .byRequest: ["state": "by-request"]
        }
    }
}

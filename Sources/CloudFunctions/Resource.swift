/// A user, company, agent, asset or template that a call is made for.
public struct Resource: Sendable, Hashable {
    /// What a resource is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case user, company, agent, asset, template
    }

    public let kind: Kind
    /// Its identity, as in URLs of the cloud.
    public let publicID: String
    /// Its name for people.
    public let name: String
    /// Properties that were given to it; none when the caller sent none.
    public let customProperties: JSONObject
    /// What the caller may do with it, as in `MANAGE_AGENT`; always empty for users and templates, which have none.
    public let permissions: Set<String>

    public init(
        _ kind: Kind, publicID: String, name: String, customProperties: JSONObject = [:],
        permissions: Set<String> = []
    ) {
        self.kind = kind
        self.publicID = publicID
        self.name = name
        self.customProperties = customProperties
        self.permissions = kind.hasPermissions ? permissions : []
    }
}

extension Resource.Kind {
    /// Whether resources of this kind carry permissions.
    public var hasPermissions: Bool {
        switch self {
        case .company, .agent, .asset: true
        case .user, .template: false
        }
    }
}

extension Resource {
    /// Reads a resource of a call's context; nil when it is no object with `publicId` and `name`.
    package init?(_ kind: Kind, json: JSONValue?) {
        guard let json, let publicID = json["publicId"]?.string, let name = json["name"]?.string else { return nil }
        self.init(
            kind, publicID: publicID, name: name, customProperties: json["custom"]?.object ?? [:],
            permissions: Set(json["permissions"]?.array?.compactMap(\.string) ?? []))
    }
}

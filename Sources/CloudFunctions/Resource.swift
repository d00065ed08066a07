/// A user, company, agent, asset or template that a call is made for.
public struct Resource: Sendable, Hashable {
    /// The kinds of resources.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case user, company, agent, asset, template
    }

    /// The kind of resource.
    public let kind: Kind
    /// The public id, which identifies the resource in URLs of the cloud.
    public let publicID: String
    /// The name that people see.
    public let name: String
    /// The custom properties of the resource; empty if the caller sent none.
    public let customProperties: JSONObject
    /// The caller's permissions for the resource, as in `MANAGE_AGENT`. Users and templates have none, so it is empty
    /// for them.
    public let permissions: Set<String>

    /// Creates a resource.
    ///
    /// - Parameters:
    ///   - kind: the kind of resource.
    ///   - publicID: the public id, which identifies the resource in URLs of the cloud.
    ///   - name: the name that people see.
    ///   - customProperties: the custom properties of the resource.
    ///   - permissions: the caller's permissions for the resource; ignored for users and templates.
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
    /// Whether resources of this kind have permissions.
    public var hasPermissions: Bool {
        switch self {
        case .company, .agent, .asset: true
        case .user, .template: false
        }
    }
}

extension Resource {
    /// Creates a resource from JSON of a call's context, or nil if that is not an object with `publicId` and `name`.
    package init?(_ kind: Kind, json: JSONValue?) {
        guard let json, let publicID = json["publicId"]?.string, let name = json["name"]?.string else { return nil }
        self.init(
            kind, publicID: publicID, name: name, customProperties: json["custom"]?.object ?? [:],
            permissions: Set(json["permissions"]?.array?.compactMap(\.string) ?? []))
    }
}

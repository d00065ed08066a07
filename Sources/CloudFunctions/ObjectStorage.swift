/// What a function of `ayayot.objectstorage_v1` answers that allows access to objects below one path; answer nil to deny it.
///
/// ```swift
/// @Exposed("authorize_upload")
/// func authorizeUpload(_ context: FunctionContext) throws -> ObjectAccess? {
///     let asset = try context.require(\.asset)
///     guard asset.permissions.contains("MANAGE_ASSET") else { return nil }
///     return ObjectAccess(path: "assets/\(asset.publicID)/")
/// }
/// ```
///
/// The functions are `authorize_upload`, `authorize_download`, `authorize_update` and `authorize_delete`; `authorize_list` answers an
/// ``ObjectListAccess``.
public struct ObjectAccess: Sendable, Hashable, Codable {
    private var result = "success"
    private var data: Path

    private struct Path: Sendable, Hashable, Codable {
        var path: String
    }

    /// - Parameter path: the folder of the objects, such as `assets/pump7/`. Folders are separated by slashes; none is `..`.
    public init(path: String) {
        data = Path(path: path)
    }

    /// The folder of the objects.
    public var path: String { data.path }
}

/// What `authorize_list` of `ayayot.objectstorage_v1` answers: the paths whose objects may be listed; answer nil to deny it.
public struct ObjectListAccess: Sendable, Hashable, Codable {
    /// A path, and the resource whose objects lie there.
    public struct Entry: Sendable, Hashable, Codable {
        /// What kind of resource it is.
        public enum ResourceType: String, Sendable, Hashable, Codable, CaseIterable {
            case asset = "Asset"
            case agent = "Agent"
        }

        /// The resource's public id; nil for none.
        public var publicId: String?
        /// The folder of the objects, such as `assets/pump7/`.
        public var path: String
        public var type: ResourceType

        public init(publicID: String?, path: String, type: ResourceType) {
            publicId = publicID
            self.path = path
            self.type = type
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            // A missing one is null, and not left out.
            try container.encode(publicId, forKey: .publicId)
            try container.encode(path, forKey: .path)
            try container.encode(type, forKey: .type)
        }
    }

    private var result = "success"
    private var data: [Entry]

    /// - Parameter entries: the paths.
    public init(_ entries: [Entry]) {
        data = entries
    }

    /// The paths.
    public var entries: [Entry] { data }
}

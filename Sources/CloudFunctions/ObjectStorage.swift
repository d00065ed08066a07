/// Permission to access the objects below one path.
///
/// The functions of `ayayot.objectstorage_v1` return it to allow access, and nil to deny access:
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
/// The functions are `authorize_upload`, `authorize_download`, `authorize_update` and `authorize_delete`. The
/// function `authorize_list` returns an ``ObjectListAccess``.
public struct ObjectAccess: Sendable, Hashable, Codable {
    private var result = "success"
    private var data: Path

    private struct Path: Sendable, Hashable, Codable {
        var path: String
    }

    /// Creates a permission.
    ///
    /// - Parameter path: the folder of the objects, such as `assets/pump7/`. Slashes separate folders, and no folder
    ///   is `..`.
    public init(path: String) {
        data = Path(path: path)
    }

    /// The folder of the objects.
    public var path: String { data.path }
}

/// Permission to list the objects below some paths.
///
/// The function `authorize_list` of `ayayot.objectstorage_v1` returns it to allow a listing, and nil to deny it.
public struct ObjectListAccess: Sendable, Hashable, Codable {
    /// A path and the resource whose objects are stored there.
    public struct Entry: Sendable, Hashable, Codable {
        /// The kinds of resources.
        public enum ResourceType: String, Sendable, Hashable, Codable, CaseIterable {
            case asset = "Asset"
            case agent = "Agent"
        }

        /// The public id of the resource, or nil if it has none.
        public var publicId: String?
        /// The folder of the objects, such as `assets/pump7/`.
        public var path: String
        /// The kind of resource.
        public var type: ResourceType

        /// Creates an entry.
        ///
        /// - Parameters:
        ///   - publicID: the public id of the resource, or nil if it has none.
        ///   - path: the folder of the objects, such as `assets/pump7/`.
        ///   - type: the kind of resource.
        public init(publicID: String?, path: String, type: ResourceType) {
            publicId = publicID
            self.path = path
            self.type = type
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            // A missing id is written as null and not left out.
            try container.encode(publicId, forKey: .publicId)
            try container.encode(path, forKey: .path)
            try container.encode(type, forKey: .type)
        }
    }

    private var result = "success"
    private var data: [Entry]

    /// Creates a permission.
    ///
    /// - Parameter entries: the paths whose objects may be listed.
    public init(_ entries: [Entry]) {
        data = entries
    }

    /// The paths whose objects may be listed.
    public var entries: [Entry] { data }
}

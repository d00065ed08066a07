import FoundationEssentials
import Values

/// What is known of a stored object beside its bytes.
struct StoredObject: Codable, Equatable {
    var publicId: String
    /// The file's name as it was given.
    var name: String
    /// The folder that it was stored under.
    var path: String
    /// In bytes.
    var size: Int
    var contentType: String
    var createdOn: Date
    var changedOn: Date

    /// The object as `GET /_/objects` lists it.
    var json: JSONObject { (try? ValueEncoder().encode(self).object) ?? [:] }
}

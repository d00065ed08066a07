import FoundationEssentials
import Values

/// The properties of a stored object other than its bytes.
struct StoredObject: Codable, Equatable {
    var publicId: String
    /// The object's name as it was given.
    var name: String
    /// The path that the object was stored under.
    var path: String
    /// The size in bytes.
    var size: Int
    var contentType: String
    var createdOn: Date
    var changedOn: Date

    /// The object as `GET /_/objects` lists it.
    var json: JSONObject { (try? ValueEncoder().encode(self).object) ?? [:] }
}

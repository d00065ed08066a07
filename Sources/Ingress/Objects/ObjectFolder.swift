import Failures
import FoundationEssentials
import Glibc
import SystemSupport
import Values

/// The objects of one company in the file system. Each object has a folder of its own, named by its public id, below
/// the path it was stored under. All methods block.
struct ObjectFolder {
    /// The absolute path.
    let folder: String
    private static let recordName = ".object.json"

    /// - Parameters:
    ///   - root: the folder of all objects.
    ///   - company: the public id of the company, or nil for objects of calls without a company.
    init(root: String, company: String?) {
        let name = company.map { company in
            company.isEmpty
                ? "%"
                : company.utf8.map { byte in
                    let isPlain =
                        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-")
                    return isPlain
                        ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
                }.joined()
        }
        folder = "\(root)/\(name ?? "_")"
    }

    /// Returns the objects below a path, the oldest first.
    func list(_ path: ObjectPath) throws(Failure) -> [StoredObject] {
        try objects(below: place(path)).map(\.object).sorted {
            ($0.createdOn, $0.publicId) < ($1.createdOn, $1.publicId)
        }
    }

    /// Stores bytes under a path.
    func store(_ bytes: [UInt8], name: String, contentType: String, at path: ObjectPath) throws(Failure)
        -> StoredObject
    {
        let now = Date()
        let object = StoredObject(
            publicId: Self.newID(), name: name, path: path.text, size: bytes.count, contentType: contentType,
            createdOn: now, changedOn: now)
        try write(bytes, object, to: try place(path) + "/" + object.publicId)
        return object
    }

    /// Returns an object below a path, with its bytes.
    func read(_ id: String, below path: ObjectPath) throws(Failure) -> (object: StoredObject, bytes: [UInt8]) {
        let (object, folder) = try find(id, below: path)
        guard let data = Self.contents("\(folder)/\(Self.fileName(object.name))") else {
            throw Self.notFound(id)
        }
        return (object, Array(data))
    }

    /// Replaces the bytes of an object below a path.
    ///
    /// - Parameter name: the object's new name, or nil to keep the old one.
    func replace(
        _ id: String, below path: ObjectPath, with bytes: [UInt8], name: String?, contentType: String
    ) throws(Failure) -> StoredObject {
        var (object, folder) = try find(id, below: path)
        let old = Self.fileName(object.name)
        if let name { object.name = name }
        object.size = bytes.count
        object.contentType = contentType
        object.changedOn = Date()
        try write(bytes, object, to: folder)
        if old != Self.fileName(object.name) { try? FileManager.default.removeItem(atPath: "\(folder)/\(old)") }
        return object
    }

    /// Deletes an object below a path.
    func delete(_ id: String, below path: ObjectPath) throws(Failure) {
        let (_, folder) = try find(id, below: path)
        do { try FileManager.default.removeItem(atPath: folder) } catch { throw Self.failed("deleted", error) }
    }

    // MARK: - Files

    /// Returns the folder of a path. Throws if a link or an object is in the way, so that no path leaves the storage.
    private func place(_ path: ObjectPath) throws(Failure) -> String {
        var place = folder
        for name in [""] + path.folders {
            if !name.isEmpty { place += "/\(name)" }
            guard let stamp = FileStamp(path: place, following: false) else { continue }
            guard stamp.kind == .folder else {
                throw Failure(
                    .objectAccessDenied, "The path '\(path.text)' leaves the object storage: '\(name)' is no folder",
                    remedy: "Remove what is there.")
            }
            guard Self.contents("\(place)/\(Self.recordName)") == nil else {
                throw Failure(
                    .objectAccessDenied, "The path '\(path.text)' leads into an object: '\(name)' is the id of one",
                    remedy: "Allow another path.")
            }
        }
        return place
    }

    private func find(_ id: String, below path: ObjectPath) throws(Failure) -> (
        object: StoredObject, folder: String
    ) {
        guard let found = objects(below: try place(path)).first(where: { $0.object.publicId == id }) else {
            throw Self.notFound(id)
        }
        return found
    }

    private func objects(below folder: String) -> [(object: StoredObject, folder: String)] {
        if let data = Self.contents("\(folder)/\(Self.recordName)"),
            let json = try? JSONValue(parsing: Array(data)),
            let object = try? ValueDecoder().decode(StoredObject.self, from: json)
        {
            return [(object, folder)]
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().flatMap { name -> [(object: StoredObject, folder: String)] in
            let path = "\(folder)/\(name)"
            return FileStamp(path: path, following: false)?.kind == .folder ? objects(below: path) : []
        }
    }

    private func write(_ bytes: [UInt8], _ object: StoredObject, to folder: String) throws(Failure) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(bytes).write(to: URL(filePath: "\(folder)/\(Self.fileName(object.name))"), options: .atomic)
            let record = Data(try JSONValue.object(object.json).jsonBytes())
            try record.write(to: URL(filePath: "\(folder)/\(Self.recordName)"), options: .atomic)
        } catch {
            throw Self.failed("stored", error)
        }
    }

    /// Returns the contents of a regular file, or nil for anything else, such as a link.
    private static func contents(_ path: String) -> Data? {
        guard FileStamp(path: path, following: false)?.kind == .file else { return nil }
        return FileManager.default.contents(atPath: path)
    }

    /// Returns a name for the file of an object's bytes, as close to the object's name as file names permit.
    private static func fileName(_ name: String) -> String {
        let plain = String(
            name.unicodeScalars.map { $0.value < 0x20 || "/\\".unicodeScalars.contains($0) ? "_" : Character($0) })
        let short = String(decoding: plain.utf8.prefix(200), as: UTF8.self)
        return short.isEmpty || short.hasPrefix(".") ? "_\(short)" : short
    }

    /// Returns a new id of twelve letters and digits.
    private static func newID() -> String {
        let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        return String((0..<12).map { _ in characters.randomElement() ?? "0" })
    }

    private static func notFound(_ id: String) -> Failure {
        Failure(
            .objectNotFound, "There is no object '\(id)' below the path that the function allows",
            remedy: "GET /_/objects lists those that there are.")
    }

    private static func failed(_ what: String, _ error: any Error) -> Failure {
        Failure(.internalError, "The object cannot be \(what): \(error)")
    }
}

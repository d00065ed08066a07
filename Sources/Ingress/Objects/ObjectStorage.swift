import Failures
import FoundationEssentials
import Invocations
import NIOCore
import NIOHTTP1
import Surfaces
import SystemSupport
import Values

/// The stored objects of all companies, below one folder.
struct ObjectStorage: Sendable {
    /// The folder of all objects, an absolute path.
    let root: String
    /// The thread that reads and writes files, one task after the other.
    private let thread = WorkThreads(1)

    init(root: String) {
        self.root = root
    }

    /// A request for objects.
    struct ObjectTask {
        var method: HTTPMethod
        /// The public id in the path, or nil for all objects.
        var id: String?
        /// The name given in the query.
        var name: String?
        var contentType: String
        var body = ByteBuffer()
        /// The call's context.
        var context = ByteBuffer()

        /// The action that the request asks for.
        ///
        /// - Throws: ``Failure`` with the code `method-not-allowed`.
        var action: ObjectGrant.Action {
            get throws(Failure) {
                switch (method, id == nil) {
                case (.GET, true): .list
                case (.POST, true): .upload
                case (.GET, false): .download
                case (.PUT, false): .update
                case (.DELETE, false): .delete
                default:
                    throw Failure(
                        .methodNotAllowed, "The method \(method.rawValue) is not taken here",
                        remedy: "Use GET and POST for all objects, GET, PUT and DELETE for one.",
                        details: .allowedMethods(id == nil ? "GET, POST, OPTIONS" : "GET, PUT, DELETE, OPTIONS"))
                }
            }
        }
    }

    /// Performs a task within the permission that a function has given.
    func perform(_ task: ObjectTask, _ grant: ObjectGrant) async throws(Failure) -> Response {
        let context = (try? JSONValue(parsing: task.context.readableBytesUInt8Span)) ?? .null
        let folder = ObjectFolder(root: root, company: context["company"]?["publicId"]?.string)
        let action = try task.action
        return try await thread.run { () throws(Failure) in try Self.perform(task, action, grant, in: folder) }
    }

    private static func perform(
        _ task: ObjectTask, _ action: ObjectGrant.Action, _ grant: ObjectGrant, in folder: ObjectFolder
    ) throws(Failure) -> Response {
        if action == .list { return .json(["entries": .array(try entries(grant, in: folder))]) }
        guard let path = grant.paths.first?.path else { throw ObjectGrant.denied(action, "allows no path") }
        switch action {
        case .list, .upload:
            guard let name = task.name, !name.isEmpty else {
                throw Failure(
                    .invalidRequest, "The object has no name",
                    remedy: "Give one in the query, as in /_/objects?name=a.pdf.")
            }
            let object = try folder.store(Array(buffer: task.body), name: name, contentType: task.contentType, at: path)
            return .json(.object(object.json), status: .created)
        case .download:
            let (object, bytes) = try folder.read(task.id ?? "", below: path)
            return file(object, bytes)
        case .update:
            return .json(
                .object(
                    try folder.replace(
                        task.id ?? "", below: path, with: Array(buffer: task.body), name: task.name,
                        contentType: task.contentType
                    ).json))
        case .delete:
            try folder.delete(task.id ?? "", below: path)
            return Response(status: .noContent)
        }
    }

    private static func entries(_ grant: ObjectGrant, in folder: ObjectFolder) throws(Failure) -> [JSONValue] {
        var entries: [JSONValue] = []
        for (path, resource) in grant.paths {
            for object in try folder.list(path) {
                var json = object.json
                json["resource"] = .object(resource)
                entries.append(.object(json))
            }
        }
        return entries
    }

    /// Returns the response with an object's bytes. A browser saves them and never shows them as a page of the
    /// emulator's origin.
    private static func file(_ object: StoredObject, _ bytes: [UInt8]) -> Response {
        let name = PercentEncoding.encode(object.name)
        let isPlain = object.contentType.unicodeScalars.allSatisfy {
            $0.isASCII && $0.value >= 0x20 && $0.value != 0x7F
        }
        return Response(
            status: .ok,
            headers: [
                "Content-Type": isPlain ? object.contentType : "application/octet-stream",
                "Content-Disposition": "attachment; filename*=UTF-8''\(name)", "X-Content-Type-Options": "nosniff",
                "Cache-Control": "no-store",
            ], body: ByteBuffer(bytes: bytes))
    }
}

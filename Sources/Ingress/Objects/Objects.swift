package import Failures
import FunctionContracts
import Invocations
import NIOCore
import NIOHTTP1
package import Surfaces
import Values
import WorkerProtocol

/// The stored objects, below `/_/objects`. A function of the workspace must permit each request first, as in the cloud.
package struct Objects: Surface {
    private let storage: ObjectStorage
    private static let path = "/_/objects"

    /// - Parameter folder: the folder of all objects, an absolute path.
    package init(folder: String) {
        storage = ObjectStorage(root: folder)
    }

    package func takes(_ request: Request) -> Bool {
        request.path == Self.path || request.path.hasPrefix(Self.path + "/")
    }

    package func respond(to exchange: Exchange) throws(Failure) {
        exchange.perform { () throws(Failure) in try await perform(exchange) }
    }

    private func perform(_ exchange: Exchange) async throws(Failure) {
        let request = exchange.request, id = exchange.identify()
        if request["Content-Type"]?.lowercased().hasPrefix("multipart/") ?? false {
            throw Failure(
                .unsupportedContentType, "The body has the parts of a form around the object's bytes",
                remedy: "Send the bytes themselves as the body: curl --data-binary @FILE.")
        }
        var task = try task(request)
        let action = try task.action
        task.context = try RequestJSON.context(of: request)
        let outcome = await exchange.run(
            Invocation(
                id: id, cause: .http, target: try FunctionName("functions.\(action.function)"), context: task.context,
                parent: try request.parentActivationID))
        let answer: ByteBuffer
        do throws(Failure) {
            answer = try await outcome.result.get().collected()
        } catch {
            throw ObjectGrant.denial(error, of: action)
        }
        let grant = try await BackgroundWork.run { () throws(Failure) in try Self.grant(answer, of: action) }
        // The body is not read if access is denied.
        let body = await withCheckedContinuation { continuation in
            exchange.collectBody { continuation.resume(returning: $0) }
        }
        task.body = try body.get()
        exchange.send(try await storage.perform(task, grant))
    }

    private static func grant(_ json: ByteBuffer, of action: ObjectGrant.Action) throws(Failure) -> ObjectGrant {
        try ObjectGrant((try? JSONValue(parsing: json.readableBytesUInt8Span)) ?? .null, of: action)
    }

    private func task(_ request: Request) throws(Failure) -> ObjectStorage.ObjectTask {
        let id = try Query.decode(request.path.dropFirst(Self.path.count + 1))
        let names = try Query.parse((request.query ?? "").utf8, called: "query").filter { $0.name == "name" }
        return ObjectStorage.ObjectTask(
            method: request.method == .HEAD ? .GET : request.method, id: id.isEmpty ? nil : id,
            name: names.last.flatMap { $0.value.isEmpty ? nil : $0.value },
            contentType: request["Content-Type"] ?? "application/octet-stream")
    }
}

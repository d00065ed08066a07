import CloudFunctions
import InvocationProtocol
import Logging
import MongoClient
import Synchronization

/// Leads functions' document stores to where MongoDB is now: waits while it starts, and follows it when it moves.
final class DocumentStoreAccess: Sendable {
    private enum Target {
        case starting
        case ready(MongoClient)
        case failed(DocumentStoreError)
    }

    private struct Stored {
        var state = DocumentStoreState.starting
        /// Made of the state when it is first asked for: most functions never do.
        var target: Target?
        /// Operations that wait while the store starts, by a number of their own.
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var lastWaiting: UInt64 = 0
    }

    private let stored = Mutex(Stored())

    /// A store whose documents lie in that database and collection.
    func store(database: String, collection: String) -> DocumentStore {
        DocumentStore(connection: self, database: database, collection: collection)
    }

    /// The ingress says where MongoDB is now.
    func changed(to state: DocumentStoreState) {
        let woken = stored.withLock { stored -> [CheckedContinuation<Void, Never>] in
            guard state != stored.state else { return [] }
            stored.state = state
            stored.target = nil
            defer { stored.waiting = [:] }
            return Array(stored.waiting.values)
        }
        for continuation in woken { continuation.resume() }
    }

    /// The client for where MongoDB is now. While it starts this waits; the call's time limit ends the wait.
    private func client() async throws -> MongoClient {
        while true {
            switch target() {
            case .ready(let client): return client
            case .failed(let error): throw error
            case .starting: try await waitForChange()
            }
        }
    }

    private func target() -> Target {
        stored.withLock { stored in
            if let target = stored.target { return target }
            let target = Self.target(of: stored.state)
            stored.target = target
            return target
        }
    }

    private static func target(of state: DocumentStoreState) -> Target {
        switch state {
        case .starting: return .starting
        case .unavailable(let failure):
            return .failed(DocumentStoreError(.unavailable, failure.message, remedy: failure.remedy))
        case .ready(let address):
            do throws(DocumentStoreError) {
                return .ready(try MongoClient(uri: address.uri, logger: Logger(label: "document-store")))
            } catch {
                return .failed(error)
            }
        }
    }

    private func waitForChange() async throws {
        let number = stored.withLock { stored in
            stored.lastWaiting += 1
            return stored.lastWaiting
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = stored.withLock { stored in
                    guard stored.state == .starting, !Task.isCancelled else { return true }
                    stored.waiting[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            stored.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
        }
        try Task.checkCancellation()
    }
}

extension DocumentStoreAccess: DocumentStoreConnection {
    func perform(_ operation: DocumentOperation, on namespace: DocumentNamespace) async throws -> BSONDocument {
        try await client().perform(operation, on: namespace)
    }

    func open(_ query: DocumentQuery, on namespace: DocumentNamespace) async throws -> any OpenCursor {
        try await client().open(query, on: namespace)
    }
}

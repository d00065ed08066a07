import CloudFunctions
import Failures
import Logging
import MongoClient
import Synchronization
import Values
import WorkerProtocol

/// The functions' access to MongoDB at its current address, which waits while MongoDB starts and follows it when it
/// moves.
final class DocumentStoreAccess: Sendable {
    private enum Target {
        case starting
        case ready(MongoClient)
        case failed(DocumentStoreError)
    }

    private struct Stored {
        var state: DocumentStoreState
        /// The target for the state, created when it is first needed, which for most functions is never.
        var target: Target?
        /// The operations that wait while the store starts, by numbers of their own.
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var lastWaiting: UInt64 = 0
    }

    private let stored: Mutex<Stored>
    private let threads = BlockingThreads()
    private let requestedDatabases: RequestedDatabases

    /// Creates access to MongoDB.
    ///
    /// - Parameter isByRequest: whether each call gives the address of its documents, as in production.
    init(isByRequest: Bool) {
        stored = Mutex(Stored(state: isByRequest ? .byRequest : .starting))
        requestedDatabases = RequestedDatabases(threads: threads)
    }

    /// Adopts the state of MongoDB that the emulator reports.
    func changed(to state: DocumentStoreState) {
        // The old client is released after the lock is.
        let (woken, _) = stored.withLock { stored -> ([CheckedContinuation<Void, Never>], Target?) in
            guard state != stored.state else { return ([], nil) }
            defer {
                stored.state = state
                stored.target = nil
                stored.waiting = [:]
            }
            return (Array(stored.waiting.values), stored.target)
        }
        for continuation in woken { continuation.resume() }
    }

    /// Returns the connection for a call, or nil if the call has no documents.
    ///
    /// - Parameter requested: the call's `dbConfig`, which gives the address of its documents.
    func connection(for requested: JSONValue?) -> (any DocumentStoreConnection)? {
        if let address = RequestedDatabase.Address(requested) { return requestedDatabases.database(at: address) }
        return stored.withLock { $0.state != .byRequest } ? self : nil
    }

    /// The longest time an operation waits while the store starts, which may have to be downloaded first.
    private static let patience = Duration.seconds(20)

    /// Returns the client for MongoDB's current address. This waits while MongoDB starts.
    private func client() async throws -> MongoClient {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            switch target() {
            case .ready(let client): return client
            case .failed(let error): throw error
            case .starting:
                guard ContinuousClock.now < deadline else {
                    throw DocumentStoreError(
                        .unavailable, "It is still starting after \(Self.patience.components.seconds) s",
                        remedy: "See on the emulator's console what it waits for, and try again.")
                }
                try await waitForChange(until: deadline)
            }
        }
    }

    private func target() -> Target {
        let (state, known) = stored.withLock { ($0.state, $0.target) }
        if let known { return known }
        // This is not done under the lock, because a connection string may make the driver look up names.
        let made = Self.target(of: state, threads)
        return stored.withLock { stored in
            guard stored.state == state else { return made }
            let target = stored.target ?? made
            stored.target = target
            return target
        }
    }

    private static func target(of state: DocumentStoreState, _ threads: BlockingThreads) -> Target {
        switch state {
        case .starting: return .starting
        case .byRequest:
            return .failed(DocumentStoreError(.unavailable, "The call does not say where its documents are"))
        case .unavailable(let failure):
            return .failed(DocumentStoreError(.unavailable, failure.message, remedy: failure.remedy))
        case .ready(let address):
            do throws(DocumentStoreError) {
                let remedy =
                    address.kind == "uri"
                    ? "Start the server of DOCUMENT_STORE (\(address.redactedURI)); it is found again by itself."
                    : "The emulator starts the server again by itself; if not, its console and GET /_/health say why."
                return .ready(
                    try MongoClient(
                        uri: address.uri, remedy: remedy, threads: threads, logger: Logger(label: "document-store")))
            } catch {
                return .failed(error)
            }
        }
    }

    private func waitForChange(until deadline: ContinuousClock.Instant) async throws {
        let number = stored.withLock { stored in
            stored.lastWaiting += 1
            return stored.lastWaiting
        }
        let timer = Task {
            try await Task.sleep(until: deadline)
            wake(number)
        }
        defer { timer.cancel() }
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
            wake(number)
        }
        try Task.checkCancellation()
    }

    /// Ends a wait, unless it is already over.
    private func wake(_ number: UInt64) {
        stored.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
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

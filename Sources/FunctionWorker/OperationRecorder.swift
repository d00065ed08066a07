import CloudFunctions
import Documents
import FoundationEssentials
import Values
import WorkerProtocol

/// A recorder of the operations that one call performs on the document store and on the API.
struct OperationRecorder: Sendable {
    let id: ActivationID
    let results: ResultWriter

    /// Performs an operation and reports it.
    func record<Value>(
        _ system: OperationRecord.System, _ name: String, _ target: String, _ operation: () async throws -> Value
    ) async throws -> Value {
        let start = Date(), began = ContinuousClock.now
        do {
            let value = try await operation()
            report(system, name, target, start, began, hasFailed: false)
            return value
        } catch {
            report(system, name, target, start, began, hasFailed: true)
            throw error
        }
    }

    private func report(
        _ system: OperationRecord.System, _ name: String, _ target: String, _ start: Date,
        _ began: ContinuousClock.Instant, hasFailed: Bool
    ) {
        let record = OperationRecord(
            system, name: name, target: target, startMilliseconds: start.timeIntervalSince1970 * 1_000,
            durationMilliseconds: (ContinuousClock.now - began) / .milliseconds(1), hasFailed: hasFailed)
        if let json = try? JSONValue.object(record.json).jsonBytes() { results.send(.operation, json, of: id) }
    }
}

/// A connection to the document store whose operations are recorded.
struct RecordedConnection: DocumentStoreConnection {
    let connection: any DocumentStoreConnection
    let recorder: OperationRecorder

    func perform(_ operation: DocumentOperation, on namespace: DocumentNamespace) async throws -> BSONDocument {
        let command =
            switch operation {
            case .read(let command), .change(let command): command
            }
        return try await recorder.record(.documentStore, command.first?.key ?? "", namespace.collection) {
            try await connection.perform(operation, on: namespace)
        }
    }

    func open(_ query: DocumentQuery, on namespace: DocumentNamespace) async throws -> any OpenCursor {
        let name =
            switch query {
            case .find: "find"
            case .aggregate: "aggregate"
            }
        return try await recorder.record(.documentStore, name, namespace.collection) {
            RecordedCursor(
                cursor: try await connection.open(query, on: namespace), recorder: recorder,
                collection: namespace.collection)
        }
    }
}

/// A cursor whose further reads are recorded.
private struct RecordedCursor: OpenCursor {
    let cursor: any OpenCursor
    let recorder: OperationRecorder
    let collection: String

    func next() async throws -> (documents: [BSONDocument], areLast: Bool) {
        try await recorder.record(.documentStore, "getMore", collection) { try await cursor.next() }
    }
}

/// An API whose questions are recorded.
struct RecordedAPI: API {
    let api: any API
    let recorder: OperationRecorder

    func answer(_ question: APIQuestion) async throws -> JSONValue {
        try await recorder.record(.api, question.method, question.rel) { try await api.answer(question) }
    }
}

import CloudFunctions
import FoundationEssentials
import Values
import WorkerProtocol

extension FunctionContext {
    /// Creates the context of a call from the emulator, which has checked the call's sections.
    ///
    /// - Parameters:
    ///   - id: the identity of the call.
    ///   - head: the fixed part of the call.
    ///   - resources: the call's `context`.
    ///   - config: the configuration file's values, overridden by those of the call.
    ///   - internalConfig: values that only the cloud sends: `publicId` names the collection, and `dbConfig` gives
    ///     the address of the documents.
    ///   - results: the writer that takes the function's log messages.
    init(
        of id: ActivationID, _ head: CallHead, resources: JSONObject, config: JSONObject, internalConfig: JSONObject,
        documentStore: DocumentStoreAccess, api: any API, results: ResultWriter
    ) {
        let activationID = id.description
        let recorder = head.recordsOperations ? OperationRecorder(id: id, results: results) : nil
        let company = Resource(.company, json: resources["company"])
        // A value that is not text is not a valid name, as the first operation reports.
        let collection = internalConfig["publicId"].map { $0.string ?? "" } ?? Self.collection
        let connection = documentStore.connection(for: internalConfig["dbConfig"])
            .map { connection in recorder.map { RecordedConnection(connection: connection, recorder: $0) } ?? connection
            }
        let store = company.flatMap { company in connection.map { (connection: $0, database: company.publicID) } }
        let deadline = head.deadlineMilliseconds
        self.init(
            user: Resource(.user, json: resources["user"]), company: company,
            agent: Resource(.agent, json: resources["agent"]), asset: Resource(.asset, json: resources["asset"]),
            template: Resource(.template, json: resources["template"]), config: Config(values: config),
            apiClient: APIClient(
                api: recorder.map { RecordedAPI(api: api, recorder: $0) } ?? api,
                application: Self.filled(resources["apiApplication"]?["publicId"]),
                company: company.flatMap { Self.filled(.string($0.publicID)) },
                authorization: Self.filled(resources["accessToken"]?["headerValue"])),
            documentStore: store.map {
                DocumentStore(connection: $0.connection, database: $0.database, collection: collection)
            },
            timeSeries: store.map {
                TimeSeries(connection: $0.connection, database: $0.database, collection: collection)
            },
            logger: WorkerLogHandler.logger(activationID: id, label: activationID, results),
            activationID: activationID,
            deadline: deadline == 0 ? nil : Date(timeIntervalSince1970: Double(deadline) / 1_000))
    }

    /// Returns the text of a value, or nil if it is empty or not text.
    private static func filled(_ value: JSONValue?) -> String? {
        value?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The collection of a function for which the cloud names none, as in the Python reference.
    private static let collection = "cloud_function_pid"
}

import CloudFunctions
import FoundationEssentials
import InvocationProtocol
import Values

extension FunctionContext {
    /// The context of a call that came from the ingress, which has checked its sections.
    ///
    /// - Parameters:
    ///   - resources: the call's `context`.
    ///   - config: the configuration file's values with the call's over them.
    ///   - internalConfig: what only the cloud sends: `publicId` names the collection.
    init(
        of head: CallHead, resources: JSONObject, config: JSONObject, internalConfig: JSONObject,
        documentStore: DocumentStoreAccess
    ) {
        let activationID = head.activationID.description
        let company = Resource(.company, json: resources["company"])
        let collection = internalConfig["publicId"]?.string ?? Self.collection
        let deadline = head.deadlineMilliseconds
        self.init(
            user: Resource(.user, json: resources["user"]), company: company,
            agent: Resource(.agent, json: resources["agent"]), asset: Resource(.asset, json: resources["asset"]),
            template: Resource(.template, json: resources["template"]), config: Config(values: config),
            documentStore: company.map {
                DocumentStore(connection: documentStore, database: $0.publicID, collection: collection)
            },
            timeSeries: company.map {
                TimeSeries(connection: documentStore, database: $0.publicID, collection: collection)
            },
            logger: WorkerLogHandler.logger(activationID: activationID), activationID: activationID,
            deadline: deadline == 0 ? nil : Date(timeIntervalSince1970: Double(deadline) / 1_000))
    }

    /// The collection of a function that the cloud has not named, as in the Python reference.
    private static let collection = "cloud_function_pid"
}

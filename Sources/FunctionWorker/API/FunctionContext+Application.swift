import CloudFunctions
import Values

extension FunctionContext {
    /// Returns the context as the application that the configuration names (`apiApplication`) sees it, as in the
    /// Python reference.
    ///
    /// The API client makes its requests for that application. If there is an access token, the names and custom
    /// properties of the call's resources are read again, because each application has its own. Permissions and the
    /// template stay as they are.
    ///
    /// - Parameters:
    ///   - hasToken: whether the call came with an access token.
    ///   - api: the API to read from, regardless of what the functions may ask.
    /// - Throws: ``APIError``; `CancellationError`.
    func ofOwnApplication(hasToken: Bool, through api: any API) async throws -> FunctionContext {
        guard let application = config["apiApplication"]?.string, !application.isEmpty, !WorkerAPI.isProduction
        else { return self }
        var context = self
        context.apiClient = apiClient.asking(for: application)
        guard hasToken else { return context }
        let client = context.apiClient.through(api)
        context.user = try await reread(user, "MyUser", as: .user, client)
        guard let company else { return context }
        context.company = try await reread(company, "MyCompany", as: .company, client)
        if let agent { context.agent = try await reread(agent, "Agent", as: .agent, client) }
        if let asset { context.asset = try await reread(asset, "Asset", as: .asset, client) }
        return context
    }

    private func reread(_ resource: Resource?, _ rel: String, as kind: Resource.Kind, _ client: APIClient) async throws
        -> Resource
    {
        let isOfCall = kind == .user || kind == .company
        let arguments = isOfCall ? [:] : ["publicId": resource?.publicID ?? ""]
        let answer = try await client.get(rel, urlArguments: arguments, query: ["fields": "custom,name"])
        var data = answer["data"]?.object
        // The request does not ask for this member.
        if data?["publicId"] == nil, let resource { data?["publicId"] = .string(resource.publicID) }
        guard let data, let read = Resource(kind, json: .object(data)) else {
            let message = answer["data"]?[0]?["message"]?.string ?? "\(answer)"
            throw APIError(
                .refused,
                "The API does not give '\(rel)' to the application of the config's 'apiApplication': \(message)",
                remedy: "Look at 'apiApplication' and at the call's access token, or leave one of them out.")
        }
        return Resource(
            kind, publicID: read.publicID, name: read.name, customProperties: read.customProperties,
            permissions: resource?.permissions ?? [])
    }
}

import CloudFunctions

struct Dump: Encodable {
    var config: JSONObject
    var user, company, asset, agent, template: JSONValue
}

@Exposed
func dump(_ context: FunctionContext) -> Dump {
    Dump(
        config: context.config.values, user: dumped(context.user), company: dumped(context.company),
        asset: dumped(context.asset), agent: dumped(context.agent), template: dumped(context.template))
}

@Exposed
func config(_ context: FunctionContext) -> JSONObject { context.config.values }

@Exposed("agent_or_asset")
func agentOrAsset(_ context: FunctionContext) throws -> JSONValue { dumped(try context.agentOrAsset) }

struct UnknownMethod: Error, CustomStringConvertible {
    var method: String
    var description: String { "there is no method '\(method)'" }
}

// The names are those of the reference.
// swift-format-ignore: AlwaysUseLowerCamelCase
@Exposed
func api(
    _ context: FunctionContext, method: String = "get", url: String = "MyUser",
    url_args urlArguments: [String: String] = [:], query: JSONObject = [:], headers: [String: String] = [:],
    data: JSONValue? = nil
) async throws -> JSONValue {
    let api = context.apiClient
    return switch method {
    case "get": try await api.get(url, urlArguments: urlArguments, query: query, headers: headers)
    case "options": try await api.options(url, urlArguments: urlArguments, query: query, headers: headers)
    case "post": try await api.post(url, urlArguments: urlArguments, query: query, headers: headers, body: data)
    case "put": try await api.put(url, urlArguments: urlArguments, query: query, headers: headers, body: data)
    case "patch": try await api.patch(url, urlArguments: urlArguments, query: query, headers: headers, body: data)
    case "delete": try await api.delete(url, urlArguments: urlArguments, query: query, headers: headers, body: data)
    default: throw UnknownMethod(method: method)
    }
}

private func dumped(_ resource: Resource?) -> JSONValue {
    guard let resource else { return .null }
    return [
        "public_id": .string(resource.publicID), "name": .string(resource.name),
        "custom_properties": .object(resource.customProperties),
        "permissions": resource.kind.hasPermissions
            ? .array(resource.permissions.sorted().map(JSONValue.string)) : .null,
    ]
}

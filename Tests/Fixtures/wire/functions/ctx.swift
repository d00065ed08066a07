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

private func dumped(_ resource: Resource?) -> JSONValue {
    guard let resource else { return .null }
    return [
        "public_id": .string(resource.publicID), "name": .string(resource.name),
        "custom_properties": .object(resource.customProperties),
        "permissions": resource.kind.hasPermissions
            ? .array(resource.permissions.sorted().map(JSONValue.string)) : .null,
    ]
}

import CloudFunctions

@Exposed
func greet(_ context: FunctionContext, name: JSONValue = "person") throws -> String {
    let username: String = try context.config.value("serviceAccount.username")
    return "Greetings \(name.string ?? "\(name)"), my username is \(username)!"
}

import CloudFunctions

/// Greets someone.
/// - Parameter name: whom to greet
@Exposed
func greet(_ context: FunctionContext, name: String = "person") throws -> String {
    let username: String = try context.config.value("serviceAccount.username")
    return "Greetings \(name), my username is \(username)!"
}

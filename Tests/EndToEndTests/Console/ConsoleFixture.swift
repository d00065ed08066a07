import TestSupport
/// The functions that the console's tests call.
enum ConsoleFixture {
    static let markup = #"<img src=x onerror="window.broken = 1"><script>window.broken = 2</script>"#

    static let files = [
        "functions/example.swift": #"""
        import CloudFunctions

        struct Refused: Error, CustomStringConvertible { var description: String { "refused: <b>secret</b>" } }

        /// Greets <b>someone</b>.
        /// - Parameter name: whom to greet
        @Exposed
        func greet(_ context: FunctionContext, name: String = "person", times: Int?) throws -> String {
            let username: String = try context.config.value("username")
            return "Greetings \(name), my username is \(username)!"
        }

        @Exposed func everything(_ context: FunctionContext, all: Arguments) -> JSONObject { all.values }
        @Exposed func markup(_ context: FunctionContext) -> [String: String] { [#"\#(markup)"#: #"\#(markup)"#] }
        @Exposed func caller(_ context: FunctionContext) -> [String?] {
            [context.user?.name, context.company?.name, context.agent?.name]
        }
        @Exposed func marks(_ context: FunctionContext) { print("it ran") }
        @Exposed func fails(_ context: FunctionContext) throws { throw Refused() }
        @Exposed
        func crashes(_ context: FunctionContext, index: Int) -> String {
            ["red", "green"][index]
        }
        """#,
        "context_values.yaml": "username: user\n",
    ]
}

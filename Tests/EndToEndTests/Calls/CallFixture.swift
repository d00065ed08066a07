/// The functions that ``CallTests`` calls.
enum CallFixture {
    static let files = [
        "functions/example.swift": example, "functions/other.swift": other,
        "functions/functions.swift":
            "import CloudFunctions\n@Exposed func hello(_ context: FunctionContext) -> String { \"hi\" }\n",
        "functions/deep/er/nested.swift":
            "import CloudFunctions\n@Exposed private func get(_ context: FunctionContext) -> String { \"nested\" }\n",
        "context_values.yaml": "serviceAccount: {username: user, password: pass}\n",
    ]

    static let example = """
        import CloudFunctions

        struct Point: Codable { var x: Int; var y: Double? }
        struct Refused: Error, CustomStringConvertible { var description: String { "refused: secret detail" } }

        /// Greets someone.
        /// - Parameter name: whom to greet
        @Exposed
        func greet(_ context: FunctionContext, name: String = "person") throws -> String {
            let username: String = try context.config.value("serviceAccount.username")
            return "Greetings \\(name), my username is \\(username)!"
        }

        func hidden(_ context: FunctionContext) -> String { "hidden" }

        @Exposed func plain(_ context: FunctionContext) -> Int { 42 }
        @Exposed func nothing(_ context: FunctionContext) {}
        @Exposed func slow(_ context: FunctionContext, times: Int) async throws -> [Int] {
            var all: [Int] = []
            for index in 0..<times { await Task.yield(); all.append(index) }
            return all
        }
        @Exposed func awaited(_ context: FunctionContext) async -> Bool { await Task { true }.value }
        @MainActor @Exposed func main(_ context: FunctionContext) -> String { "main" }
        @Exposed func move(_ context: FunctionContext, point: Point, by distance: Int = 1, note: String?) -> Point {
            Point(x: point.x + distance, y: note == nil ? nil : 0.5)
        }
        @Exposed func everything(_ context: FunctionContext, all: Arguments) -> JSONObject { all.values }
        @Exposed func some(_ context: FunctionContext) -> any Encodable { ["a": 1] }
        @Exposed("send_email") func sendEmail(_ context: FunctionContext, to: String) -> String { to }
        @Exposed private func get(_ context: FunctionContext) -> String { "example" }
        @Exposed func fails(_ context: FunctionContext) throws { throw Refused() }
        @Exposed func config(_ context: FunctionContext) -> JSONObject { context.config.values }
        @Exposed func typed(_ context: FunctionContext, n: Int, on: Bool = false) -> String { "\\(n) \\(on)" }
        @Exposed func infinite(_ context: FunctionContext) -> [String: [Double]] { ["values": [1, .infinity]] }
        @Exposed func length(_ context: FunctionContext, data: String) -> Int { data.utf8.count }
        @Exposed func big(_ context: FunctionContext, n: Int) -> String { String(repeating: "x", count: n) }
        """
    static let other = """
        import CloudFunctions
        @Exposed private func get(_ context: FunctionContext) -> String { "other" }
        """
}

import CloudFunctions
import TestSupport
import Testing

/// Tests of the support that the SDK offers for testing functions.
@Suite(.supervised)
struct StandInTests {
    @Test func anAPIThatATestPlaysAnswers() async throws {
        let context = FunctionContext(
            apiClient: .answering { method, rel, arguments, query, body in
                ["asked": .string("\(method) \(rel) \(arguments) \(query) \(body ?? nil)")]
            })
        let answer = try await context.apiClient.patch(
            "Agent", urlArguments: ["publicId": "a"], query: ["n": 1], body: ["name": "x"])
        #expect(answer == ["asked": #"PATCH Agent ["publicId": "a"] {"n":1} {"name":"x"}"#])
    }

    @Test func withoutOneThereIsNone() async {
        let error = await #expect(throws: APIError.self) { try await FunctionContext().apiClient.get("MyUser") }
        #expect(error?.kind == .unreachable)
    }

    @Test func aPrintedClientTellsNothingOfTheToken() {
        struct Silent: API {
            func answer(_ question: APIQuestion) async throws -> JSONValue { nil }
        }
        let client = APIClient(api: Silent(), application: "app", company: "c", authorization: "Bearer hush")
        var dumped = ""
        dump(client, to: &dumped)
        #expect(!"\(client) \(String(reflecting: client)) \(dumped)".contains("hush"))
    }
}

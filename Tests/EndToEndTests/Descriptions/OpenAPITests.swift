import Foundation
import TestSupport
import Testing
import Values

/// Tests of the OpenAPI document of a workspace's functions.
@Suite(.supervised, .tags(.large))
struct OpenAPITests {
    private static let files = WireFixture.files.merging([
        "functions/other.swift": """
        import CloudFunctions

        @Exposed(
            agentic: true, description: "Given",
            inputSchema: ["type": "object", "properties": ["a": ["$ref": "#/$defs/A b"], "b": ["$ref": "#/properties/a"]],
                          "$defs": ["A b": ["type": "string"]]],
            outputSchema: ["type": "object", "properties": ["output": ["$ref": "#"]]])
        func given(_ context: FunctionContext, a: String?) -> String? { a }

        @Exposed func names(_ context: FunctionContext, examples: [Other.Point], `default`: Other.Point, const: Int = 1) {}

        enum Other {
            struct Point: Codable { var name: String; var inner: [Point] }
        }

        /// Another point: \\"quoted\\".
        ///
        /// With more to say.
        @Exposed func point(_ context: FunctionContext, p: Other.Point, days: [String: [Int]]? = nil) -> [Other.Point] { [p] }
        """
    ]) { $1 }

    @Test func isValidAndDescribesEachFunction() throws {
        let workspace = try RunningWorkspace(Self.files)
        try workspace.waitUntilBuilt()
        let answer = try workspace.get("/_/openapi.json")
        #expect(answer.status == 200)
        let document = answer.json
        #expect(document["openapi"]?.string?.hasPrefix("3.1") == true)
        #expect(document["servers"]?[0]?["url"]?.string == "http://127.0.0.1:\(workspace.port)")
        let paths = try #require(document["paths"]?.object)
        let functions = try workspace.get("/_/functions").json["functions"]?.array ?? []
        #expect(Set(paths.keys) == Set(functions.compactMap { $0["path"]?.string.map { "/\($0)" } }))
        let add = try #require(paths["/functions.agentic.add"]?["post"])
        #expect(add["operationId"] == "functions.agentic.add" && add["summary"] == "Adds two integers.")
        #expect(add["requestBody"]?["required"] == true)
        #expect(add["responses"]?["200"]?["content"]?["application/json"]?["schema"]?["type"] == "integer")
        #expect(add["responses"]?["504"] != nil && add["parameters"]?[0]?["name"] == "Ingress-Context")
        // A function whose arguments fit into a query can be called with GET.
        let get = paths["/functions.agentic.add"]?["get"]
        #expect(get?["parameters"]?.array?.map { $0["name"] } == ["Ingress-Context", "a", "b"])
        #expect(get?["parameters"]?[1]?["required"] == true)
        #expect(paths["/functions.agentic.move"]?["get"] == nil)
        // Different types of the same name are two components.
        let components = try #require(document["components"]?["schemas"]?.object)
        #expect(components["Point"] != nil && components["Point_2"] != nil, "\(components.keys)")
        // The definitions in a schema that the author gives stay inside it.
        #expect(components["functions.other.given.input"]?["$defs"] != nil)
        #expect(try Self.validate(answer.body) == "valid\n")
    }

    @Test func theValidatorFindsMistakes() throws {
        #expect(try Self.validate(#"{"openapi":"3.1.0","paths":{}}"#).contains("info"))
        let dangling = #"""
            {"openapi":"3.1.0","info":{"title":"a","version":"1"},"paths":{},
            "components":{"schemas":{"A":{"$ref":"#/components/schemas/B"}}}}
            """#
        #expect(try Self.validate(dangling).contains("leads nowhere"))
    }

    /// Returns the output of the validator from PyPI, which Scripts/install-test-tools has installed.
    private static func validate(_ document: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", inPackage("Tests/EndToEndTests/Descriptions/validate-openapi.py"), inPackage(".build/openapi"),
        ]
        let input = Pipe(), output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(document.utf8))
        try input.fileHandleForWriting.close()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }
}

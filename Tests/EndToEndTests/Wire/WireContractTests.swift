import Foundation
import TestSupport
import Testing
import Values

/// Tests of the measured cases of the wire contract, against the whole tool with a real MongoDB.
@Suite(.supervised, .tags(.large), .serialized, .workspace(WireFixture.files, documentStore: "mongod"))
struct WireContractTests {
    @Test(arguments: WireFixture.groups)
    func answersAsMeasured(group: String) throws {
        let workspace = try SharedWorkspace.get()
        let cases = try WireFixture.cases(of: group)
        #expect(!cases.isEmpty)
        // In order, because the cases of a group build on each other.
        for wireCase in cases {
            try workspace.save("context_values.yaml", wireCase.contextValues)
            let answer = try HTTPExchange.send(
                wireCase.method, wireCase.path, port: workspace.port, headers: wireCase.headers, body: wireCase.body)
            wireCase.check(answer)
        }
    }
}

/// One case of `Tests/Fixtures/wire/cases.json`.
struct WireCase {
    let id: String
    let method: String
    let path: String
    let headers: [(String, String)]
    let body: String
    let contextValues: String
    private let expected: JSONObject

    init(_ json: JSONValue) throws {
        id = try #require(json["id"]?.string)
        let request = try #require(json["request"])
        method = try #require(request["method"]?.string)
        path = try #require(request["path"]?.string)
        headers = (request["headers"]?.array ?? []).map { ($0[0]?.string ?? "", $0[1]?.string ?? "") }
        body = request["body"]?.string ?? ""
        contextValues =
            switch json["setup"]?.string {
            case "context_values.yaml empty": ""
            case "only a comment in context_values.yaml": "# nothing here\n"
            default: WireFixture.contextValues
            }
        expected = try #require(json["expect"]?.object)
    }

    func check(_ answer: HTTPExchange.Answer) {
        let comment: Comment = "\(id): \(answer.status) \(answer.body)"
        #expect(expected["status"]?.integer == Int64(answer.status), comment)
        if let json = expected["json"] { #expect(answer.json == json, comment) }
        if let text = expected["body"]?.string { #expect(answer.body == text, comment) }
        if expected["error"] == true { #expect(answer.error("code")?.string != nil, comment) }
        for name in expected["header"]?.array ?? [] {
            #expect(answer.headers[name.string?.lowercased() ?? ""] != nil, comment)
        }
    }
}

/// The workspace that the cases call.
enum WireFixture {
    static let contextValues = "serviceAccount: {username: user, password: pass}\n"
    static let groups = [
        "resolution", "arguments", "body", "content-type", "methods-paths", "cors", "return-values", "context",
        "config",
        "document-store", "context-values", "agent-tools",
    ]

    private static let folder = inPackage("Tests/Fixtures/wire")

    static func cases(of group: String) throws -> [WireCase] {
        let json = try JSONValue(parsing: try String(contentsOfFile: "\(folder)/cases.json", encoding: .utf8))
        let all = json.array ?? json["cases"]?.array ?? []
        return try all.filter { $0["group"]?.string == group }.map(
            WireCase.init)
    }

    /// Returns the source of one of its modules.
    static func source(_ module: String) -> String {
        (try? String(contentsOfFile: "\(folder)/functions/\(module).swift", encoding: .utf8)) ?? ""
    }

    static var files: [String: String] {
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        let sources = paths.filter { $0.hasSuffix(".swift") || $0.hasSuffix(".yaml") }
        return Dictionary(
            uniqueKeysWithValues: sources.map { path in
                (path, (try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)) ?? "")
            })
    }
}

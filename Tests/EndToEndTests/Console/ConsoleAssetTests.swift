import TestSupport
import Testing
import Values

/// Tests of the console's files over raw HTTP.
@Suite(.supervised, .tags(.large), .workspace(ConsoleFixture.files))
struct ConsoleAssetTests {
    private var workspace: RunningWorkspace { get throws { try SharedWorkspace.get() } }

    @Test func browsersGetThePageAndOthersAWord() throws {
        let accept = [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")]
        let page = try workspace.get("/", headers: accept)
        #expect(page.headers["content-type"] == "text/html; charset=utf-8")
        #expect(page.headers["vary"] == "Accept, Origin")
        #expect(page.headers["cache-control"] == "no-cache")
        let policy = page.headers["content-security-policy"] ?? ""
        #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"))
        #expect(!policy.contains("unsafe"))
        for headers in [[], [("Accept", "*/*")]] {
            let word = try workspace.get("/", headers: headers)
            #expect(word.headers["content-type"] == "text/plain; charset=utf-8")
            #expect(word.body.contains("/_/functions"))
        }
        let shared = try workspace.get("/", headers: accept + [("Origin", "http://localhost:1")])
        #expect(shared.headers["vary"] == "Accept, Origin")
    }

    @Test func everythingThatThePageNamesIsThere() throws {
        var names: Set<String> = ["/_/client.js"]
        let page = try workspace.get("/", headers: [("Accept", "text/html")]).body
        for match in page.matches(of: /(?:src|href)="([^"]+)"/) { names.insert(String(match.1)) }
        var open = Array(names)
        while let name = open.popLast() {
            let answer = try workspace.get(name)
            #expect(answer.status == 200, "\(name)")
            #expect(answer.headers["x-content-type-options"] == "nosniff")
            #expect(answer.headers["cache-control"] == "no-cache")
            guard name.hasSuffix(".js") else { continue }
            #expect(answer.headers["content-type"] == "text/javascript; charset=utf-8")
            for match in answer.body.matches(of: /(?m)^import .* from '([^']+)';$/) {
                let path = match.1.hasPrefix("./") ? "/_/console/" + match.1.dropFirst(2) : String(match.1)
                if names.insert(path).inserted { open.append(path) }
            }
        }
        #expect(names.count == 9, "\(names)")
        #expect(!page.contains("://"))
    }

    @Test func theClientIsForOtherLoopbackOriginsToo() throws {
        let client = try workspace.get("/_/client.js", headers: [("Origin", "http://localhost:4200")])
        #expect(client.headers["access-control-allow-origin"] == "http://localhost:4200")
        #expect(try workspace.get("/_/client.js", headers: [("Origin", "http://evil.test")]).status == 403)
        #expect(try workspace.get("/_/console/nothing.js").status == 404)
    }
}

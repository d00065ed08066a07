import Foundation
import Testing
import Values

/// The dev console and its client in a real browser.
@Suite(.timeLimit(.minutes(4)), .tags(.large), .serialized)
struct ConsoleTests {
    private static let source = """
        import CloudFunctions

        struct Refused: Error, CustomStringConvertible { let description = "<img src=x onerror=\\"window.hacked = 1\\"> no" }

        /// Greets someone.
        /// - Parameter name: whom to greet
        @Exposed func greet(_ context: FunctionContext, name: String = "person") -> String {
            "Greetings \\(name) of \\(context.company?.name ?? "nowhere")!"
        }
        @Exposed func fails(_ context: FunctionContext) throws { throw Refused() }
        @Exposed func traps(_ context: FunctionContext, index: Int) -> Int { [1, 2][index] }
        @Exposed func html(_ context: FunctionContext) -> String { "<script>window.hacked = 1</script><b>bold</b>" }

        """

    private func start(_ files: [String: String] = [:]) throws -> RunningWorkspace {
        let workspace = try RunningWorkspace(["functions/a.swift": Self.source].merging(files) { $1 })
        try workspace.waitUntilBuilt()
        return workspace
    }

    private func page(_ workspace: RunningWorkspace, _ browser: Browser, _ function: String = "") throws -> BrowserPage
    {
        let page = try browser.open("http://127.0.0.1:\(workspace.port)/#\(function)")
        try page.wait("document.querySelectorAll('#functions a').length > 0")
        return page
    }

    @Test func aFunctionIsChosenAndCalled() throws {
        let (workspace, browser) = (try start(), try Browser())
        let page = try page(workspace, browser)
        let listed = try page.evaluate("[...document.querySelectorAll('#functions a')].map(a => a.dataset.path)")
        #expect(listed == ["functions.a.fails", "functions.a.greet", "functions.a.html", "functions.a.traps"])
        try page.click("a[data-path='functions.a.greet']")
        try page.wait(for: "Greets someone.", in: "#function")
        try page.wait(for: "whom to greet", in: "#parameters")
        try page.type(#"{"name": "Ada"}"#, into: "#arguments")
        try page.click("#call")
        try page.wait(for: #""Greetings Ada of nowhere!""#, in: "#result")
        try page.wait(for: "generation 1", in: "#result")
        try page.evaluate(
            "(p => { p.value = 'user-company'; p.dispatchEvent(new Event('change')); })(document.getElementById('preset'))"
        )
        try page.evaluate("document.getElementById('arguments').focus()")
        try page.pressControlEnter()
        try page.wait(for: #""Greetings Ada of Example Company!""#, in: "#result")
        #expect(try page.evaluate("document.querySelectorAll('#calls li').length") == 2)
        if let folder = ProcessInfo.processInfo.environment["SCREENSHOTS"] {
            try page.screenshot(width: 1200, height: 800, to: "\(folder)/console-1200.png")
            try page.screenshot(width: 700, height: 900, to: "\(folder)/console-700.png")
        }
        #expect(page.complaints == [])
    }

    @Test func failuresShowTheirPlaceAndMarkupStaysText() throws {
        let (workspace, browser) = (try start(), try Browser())
        let page = try page(workspace, browser, "functions.a.traps")
        try page.wait("!document.getElementById('function').hidden")
        try page.type(#"{"index": 7}"#, into: "#arguments")
        try page.click("#call")
        try page.wait(for: "Index out of range", in: "#result")
        try page.wait(for: "functions/a.swift:11", in: "#result")
        try page.type(#"{"index": "#, into: "#arguments")
        try page.click("#call")
        try page.wait(for: "This is no JSON object", in: "#arguments-problem")
        for (function, text) in [("html", "<b>bold</b>"), ("fails", "onerror=")] {
            try page.click("a[data-path='functions.a.\(function)']")
            try page.wait("document.getElementById('function-path').textContent.endsWith('\(function)')")
            try page.click("#call")
            try page.wait(for: text, in: "#result")
        }
        #expect(
            try page.evaluate(
                "window.hacked === undefined && document.querySelector('#result b, #result img') === null") == true)
        // The browser itself notes the answers with status 500.
        #expect(page.complaints.filter { !$0.contains("status of 500") } == [])
    }

    @Test func savesAreToldWithoutALoad() throws {
        let (workspace, browser) = (try start(), try Browser())
        let page = try page(workspace, browser, "functions.a.greet")
        try page.evaluate("window.mark = 1")
        try workspace.save(
            "functions/a.swift", Self.source + "@Exposed func broken(_ context: FunctionContext) -> Int { nam }\n")
        try page.wait(for: "cannot find 'nam' in scope", in: "#trouble")
        try page.wait(for: "functions/a.swift:13:", in: "#trouble")
        try page.wait(for: "do not build", in: "#status")
        try workspace.save(
            "functions/a.swift", Self.source + "@Exposed func added(_ context: FunctionContext) -> Int { 7 }\n")
        try page.wait("document.querySelector(\"a[data-path='functions.a.added']\") !== null")
        try page.wait(for: "Generation 2", in: "#status")
        #expect(try page.text("#trouble") == "")
        try workspace.save("context_values.yaml", "a: [1\n")
        try page.wait(for: "context_values.yaml", in: "#trouble")
        try workspace.save("context_values.yaml", "a: 1\n")
        try page.wait("document.getElementById('trouble').textContent === ''")
        #expect(try page.evaluate("window.mark") == 1)
        workspace.stop(SIGTERM)
        try page.wait(for: "not reachable", in: "#status")
    }

    @Test func pagesOfOtherLoopbackOriginsCall() throws {
        let (workspace, other, browser) = (try start(), try start(), try Browser())
        // Another port is another origin.
        let page = try browser.open("http://localhost:\(other.port)/_/health")
        let client = "(await import('http://127.0.0.1:\(workspace.port)/_/client.js')).createBackendComponentClient"
        let answer = try page.evaluate("(async () => await \(client)().call('functions.a.greet', {name: 'Ada'}))()")
        #expect(answer["data"] == "Greetings Ada of nowhere!")
        #expect(answer["call"] == ["name": "functions.a.greet", "arguments": ["name": "Ada"]])
        let refused = try page.evaluate(
            """
            (async () => { try { await \(client)().call('functions.a.traps', {index: 7}) } catch (e) {
                return [e instanceof Error, e.message, e.code, e.location.line, e.error.code] } })()
            """)
        #expect(
            refused == [true, "The function crashed: Index out of range", "function-crashed", 11, "function-crashed"])
        let unknown = try page.evaluate(
            "(async () => { try { await \(client)().call('functions.a.none') } catch (e) { return e.code } })()")
        #expect(unknown == "function-not-found")
        let destroyed = try page.evaluate(
            """
            (async () => { const c = \(client)(); c.destroy(); try { await c.call('functions.a.greet') }
                catch (e) { return e.code } })()
            """)
        #expect(destroyed == "client-destroyed")
    }

    @Test func pagesOfForeignOriginsAreRefused() throws {
        let (workspace, browser) = (try start(), try Browser())
        // A page of no origin at all, as a foreign one without a network.
        let page = try browser.open("data:text/html,<p>foreign</p>")
        let outcome = try page.evaluate(
            """
            (async () => { try { await fetch('http://127.0.0.1:\(workspace.port)/', {method: 'POST', body: '{}'}); return 'let in' }
                catch (e) { return e.name } })()
            """)
        #expect(outcome == "TypeError")
    }
}

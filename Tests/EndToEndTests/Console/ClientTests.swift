import TestSupport
import Testing
import Values

/// Tests of `/_/client.js` in pages of other origins.
@Suite(.supervised, .tags(.large), .serialized, .workspace(ConsoleFixture.files))
struct ClientTests {
    private let browser: Browser
    private let workspace: RunningWorkspace
    private let server: PageServer

    init() throws {
        workspace = try SharedWorkspace.get()
        browser = try Browser(hosts: ["evil.test"])
        server = try PageServer("<!DOCTYPE html><title>A component</title><link rel=icon href='data:,'>")
    }

    private var module: String { "http://127.0.0.1:\(workspace.port)/_/client.js" }

    /// Runs the body of an async function that has a `client`, and returns its result.
    private func run(on page: BrowserPage, _ body: String, options: String = "") throws -> JSONValue {
        try page.evaluate(
            """
            (async () => {
                const { createBackendComponentClient } = await import('\(module)');
                const client = createBackendComponentClient(\(options));
                const failure = (promise) => promise.then(() => null, (error) => error);
                \(body)
            })()
            """)
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func callsFromAnotherLoopbackOrigin(host: String) throws {
        let page = try browser.open("http://\(host):\(server.port)/")
        let result = try run(on: page, "return await client.call('functions.example.greet', { name: 'Ada' });")
        #expect(
            result == [
                "call": ["name": "functions.example.greet", "arguments": ["name": "Ada"]],
                "data": "Greetings Ada, my username is user!",
            ])
        let bare = try run(
            on: page, "return (await client.call('example.greet')).data;", options: "{ config: { username: 'zed' } }")
        #expect(bare == "Greetings person, my username is zed!")
        #expect(page.complaints == [])
    }

    @Test func sendsTheContextWithEachCall() throws {
        let page = try browser.open("http://localhost:\(server.port)/")
        _ = try run(
            on: page, "await client.call('example.everything', { n: 1 });",
            options: "{ context: { user: { publicId: 'u', name: 'Ada' } } }")
        let body = try JSONValue(parsing: try #require(page.postedBodies.last))
        #expect(
            body == [
                "name": "example.everything", "arguments": ["n": 1],
                "context": ["user": ["publicId": "u", "name": "Ada"]],
            ])
    }

    @Test func rejectsWithTheErrorObject() throws {
        let page = try browser.open("http://localhost:\(server.port)/")
        let crash = try run(
            on: page,
            """
            const error = await failure(client.call('functions.example.crashes', { index: 7 }));
            return { isError: error instanceof Error, message: error.message, ...error };
            """)
        #expect(crash["isError"] == true)
        #expect(crash["code"] == "function-crashed")
        #expect(crash["message"]?.string?.contains("Index out of range") == true)
        #expect(crash["location"]?["file"] == "functions/example.swift")
        #expect(crash["activationId"]?.string?.count == 32)
        #expect(crash["status"] == 500)
        #expect(crash["error"]?["code"] == "function-crashed")

        let missing = try run(
            on: page,
            "const error = await failure(client.call('example.nothing')); "
                + "return [error.code, error.message, error.status];")
        #expect(
            missing == [
                "function-not-found", "Not found, function 'example.nothing' does not exist or is not exposed", 200,
            ])
        let invalid = try run(
            on: page,
            "const error = await failure(client.call('functions.example.crashes')); return [error.code, error.status];")
        #expect(invalid == ["invalid-argument", 400])
        #expect(page.complaints == [])
    }

    @Test func endsItsCallsWhenItIsDestroyed() throws {
        let page = try browser.open("http://localhost:\(server.port)/")
        let codes = try run(
            on: page,
            """
            const flying = failure(client.call('example.greet'));
            client.destroy();
            const later = failure(client.call('example.greet'));
            return [(await flying).code, (await later).code];
            """)
        #expect(codes == ["client-destroyed", "client-destroyed"])
    }

    @Test func saysThatTheEmulatorIsNotReachable() throws {
        let page = try browser.open("http://localhost:\(server.port)/")
        let nobody = "http://127.0.0.1:1"
        let answer = try run(
            on: page, "const error = await failure(client.call('example.greet')); return [error.code, error.message];",
            options: "{ url: '\(nobody)' }")
        #expect(answer == ["unreachable", .string("The emulator at \(nobody) is not reachable")])
    }

    @Test func isRefusedToPagesOfOtherOrigins() throws {
        let page = try browser.open("http://evil.test:\(server.port)/")
        #expect(throws: Browser.Failed.self) { try run(on: page, "return 1;") }
        // A page may send this request without asking first, so all that can be done is not to run the function.
        let call =
            "fetch('http://127.0.0.1:\(workspace.port)/functions.example.marks', { method: 'POST', mode: 'no-cors' })"
        #expect(try page.evaluate("\(call).then((answer) => answer.type, (error) => String(error))") == "opaque")
        #expect(!workspace.console.contains("it ran"))
        let own = try browser.open("http://localhost:\(server.port)/")
        #expect(try own.evaluate("\(call).then((answer) => answer.type)") == "opaque")
        try poll("it ran") { workspace.console.contains("it ran") }
    }
}

import Foundation
import TestSupport
import Testing
import Values

/// Tests of the console in a real browser: the page's view of functions and their calls.
@Suite(.supervised, .tags(.large), .serialized, .workspace(ConsoleFixture.files))
struct ConsoleTests {
    private let browser: Browser
    private let page: BrowserPage
    private let workspace: RunningWorkspace

    init() throws {
        workspace = try SharedWorkspace.get()
        browser = try Browser()
        page = try browser.open("http://127.0.0.1:\(workspace.port)/")
        try page.wait("document.querySelectorAll('#functions a').length === 7")
    }

    private func choose(_ name: String, arguments: String? = nil) throws {
        try page.click("#functions a[data-path='functions.example.\(name)']")
        try page.wait("document.querySelector('#function-path').textContent === 'functions.example.\(name)'")
        if let arguments { try page.type(arguments, into: "#arguments") }
    }

    @Test func callsAFunctionByKeyboardAlone() throws {
        #expect(try page.content("#status") == "Generation 1 · 7 functions")
        try page.press("/", code: 191)
        try page.wait("document.activeElement.id === 'filter'")
        try page.type("GREE", into: "#filter")
        try page.wait("document.querySelectorAll('#functions a').length === 1")
        try page.press("Enter", code: 13)
        try page.wait("document.querySelector('#function-path').textContent === 'functions.example.greet'")
        #expect(try page.content("#function-documentation") == "Greets <b>someone</b>.")
        #expect(try page.content("#parameters tbody tr") == #"nameString"person"whom to greet"#)
        #expect(
            try page.evaluate("document.querySelector('#arguments').value")
                == "{\n  \"name\": \"person\",\n  \"times\": null\n}")

        try page.type(#"{"name": "Ada"}"#, into: "#arguments")
        try page.pressControlEnter()
        try page.wait("document.querySelector('#result .value')")
        #expect(try page.content("#result .value") == #""Greetings Ada, my username is user!""#)
        #expect(try page.content("#result .facts")?.contains("generation 1") == true)
        #expect(try page.content("#result .activation")?.wholeMatch(of: /[0-9a-f]{32}/) != nil)
        #expect(page.complaints == [])
        if let folder = ProcessInfo.processInfo.environment["SCREENSHOTS"] {
            try page.screenshot(width: 1200, height: 800, to: "\(folder)/console-1200.png")
            try page.screenshot(width: 700, height: 900, to: "\(folder)/console-700.png")
        }
    }

    @Test func numbersKeepTheirDigits() throws {
        try choose(
            "everything", arguments: #"{"n": 9007199254740993, "x": 1.0, "deep": {"list": [1, []], "none": {}}}"#)
        try page.click("#call")
        try page.wait("document.querySelector('#result .value')")
        let expected = """
            {
              "n": 9007199254740993,
              "x": 1.0,
              "deep": {
                "list": [
                  1,
                  []
                ],
                "none": {}
              }
            }
            """
        #expect(try page.content("#result .value") == expected)
    }

    @Test func showsWhyACallFailed() throws {
        try choose("fails")
        try page.click("#call")
        try page.wait("document.querySelector('#result .message')")
        #expect(try page.content("#result .message") == "function-threw refused: <b>secret</b>")

        try choose("crashes", arguments: #"{"index": 5}"#)
        try page.click("#call")
        try page.wait("document.querySelector('#result .place')")
        #expect(try page.content("#result .message")?.contains("Index out of range") == true)
        #expect(try page.content("#result .place")?.hasPrefix("functions/example.swift:22:") == true)

        try choose("crashes", arguments: #"{"index": "x"}"#)
        try page.click("#call")
        try page.wait("document.querySelector('#result .code').textContent === 'invalid-argument'")
        #expect(try page.evaluate("document.querySelectorAll('#calls li').length") == 3)
        #expect(page.complaints == [])
    }

    @Test(arguments: ["{", "[1]", "nul"])
    func whatIsNoJSONIsNotSent(text: String) throws {
        try choose("everything", arguments: text)
        try page.click("#call")
        try page.wait("document.querySelector('#arguments-problem').textContent !== ''")
        #expect(try page.evaluate("document.querySelector('#arguments').getAttribute('aria-invalid')") == "true")
        #expect(page.postedBodies == [])
        try page.type("{}", into: "#arguments")
        try page.wait("document.querySelector('#arguments-problem').textContent === ''")
    }

    @Test func markupIsShownAsText() throws {
        try choose("markup")
        try page.click("#call")
        try page.wait("document.querySelector('#result .value')")
        let text = try page.content("#result .value") ?? ""
        #expect(try JSONValue(parsing: text) == [ConsoleFixture.markup: .string(ConsoleFixture.markup)])
        #expect(try page.evaluate("document.querySelectorAll('#result img, #result script').length") == 0)
        #expect(try page.evaluate("window.broken ?? null") == .null)
        #expect(page.complaints == [])
    }

    @Test func theContextReachesTheCallAndIsKept() throws {
        try choose("caller")
        try page.click("#call")
        try page.wait("document.querySelector('#result .value')")
        #expect(try page.content("#result .value") == "[\n  null,\n  null,\n  null\n]")
        try page.evaluate(
            """
            { const preset = document.querySelector('#preset'); preset.value = 'user-company-agent';
              preset.dispatchEvent(new Event('change')); }
            """)
        let text = try page.evaluate("document.querySelector('#context').value").string ?? ""
        try page.type(text.replacing("Ada Lovelace", with: "Grace Hopper"), into: "#context")
        try page.click("#call")
        try page.wait("document.querySelector('#result .value').textContent.includes('Grace')")
        #expect(
            try page.content("#result .value")
                == "[\n  \"Grace Hopper\",\n  \"Example Company\",\n  \"Example Agent\"\n]")
        let bodies = try page.postedBodies.map { try JSONValue(parsing: $0) }
        #expect(bodies.map { $0["context"] != nil } == [false, true])

        try page.evaluate("window.isOld = true; location.reload()")
        try page.wait("!window.isOld && document.querySelector('#preset')?.value === 'user-company-agent'")
        #expect(try page.evaluate("document.querySelector('#context').value").string?.contains("Grace Hopper") == true)
        try page.click("#reset-context")
        #expect(try page.evaluate("document.querySelector('#context').value").string == text)
    }

    @Test func aRecentCallIsTakenUpAgain() throws {
        try choose("everything", arguments: #"{"first": true}"#)
        try page.click("#call")
        try page.wait("document.querySelectorAll('#calls li').length === 1")
        try choose("fails")
        try page.click("#calls button")
        try page.wait("location.hash === '#functions.example.everything'")
        #expect(try page.evaluate("document.querySelector('#arguments').value") == #"{"first": true}"#)
        #expect(try page.content("#result .value") == "{\n  \"first\": true\n}")
    }

    @Test func whatThePageMayNotDoIsSeen() throws {
        #expect(page.complaints == [])
        try page.evaluate(
            "{ const style = document.createElement('style'); style.textContent = 'a{}'; document.head.append(style); }"
        )
        #expect(page.complaints.count == 1)
        #expect(throws: Browser.Failed.self) { try page.evaluate("document.body.innerHTML = '<b></b>'") }
        try page.evaluate("console.error('wrong')")
        #expect(page.complaints.contains { $0.contains("wrong") })
    }
}

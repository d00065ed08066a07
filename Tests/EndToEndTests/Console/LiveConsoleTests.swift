import Glibc
import TestSupport
import Testing
import Values

/// Tests of the console in a real browser while the functions change.
@Suite(.supervised, .tags(.large), .serialized)
struct LiveConsoleTests {
    private static let one = "import CloudFunctions\n\n@Exposed func one(_ context: FunctionContext) -> Int { 1 }\n"

    private let workspace: RunningWorkspace
    private let browser: Browser
    private let page: BrowserPage

    init() throws {
        workspace = try RunningWorkspace(["functions/a.swift": Self.one])
        try workspace.waitUntilBuilt()
        browser = try Browser()
        page = try browser.open("http://127.0.0.1:\(workspace.port)/#functions.a.one")
        try page.wait("document.querySelector('#function-path').textContent === 'functions.a.one'")
        try page.evaluate("window.isTheSamePage = true")
    }

    private func status(_ status: String) -> String {
        "document.querySelector('#status').dataset.status === '\(status)'"
    }

    @Test func brokenCodeIsShownUntilItIsMended() throws {
        try page.type(#"{"typed": 1}"#, into: "#arguments")
        try workspace.save("functions/a.swift", Self.one.replacing("{ 1 }", with: "{ wrong }"))
        try page.wait("document.querySelector('#trouble .diagnostic')")
        #expect(try page.content("#trouble .message") == "build-failed The functions do not compile: 1 error")
        #expect(try page.content("#trouble .place")?.hasPrefix("functions/a.swift:3:") == true)
        let source = try page.content("#trouble .source")?.split(separator: "\n") ?? []
        #expect(source.first?.contains("{ wrong }") == true)
        #expect(
            source.last?.count
                == source.first?.firstRange(of: "wrong").map { range in
                    source.first.map { $0.distance(from: $0.startIndex, to: range.lowerBound) + 1 } ?? 0
                })
        #expect(try page.evaluate(status("build-failed")) == true)

        let two = "@Exposed func two(_ context: FunctionContext) -> Int { 2 }\n"
        try workspace.save("functions/a.swift", Self.one + two)
        try page.wait("document.querySelector('#functions a[data-path=\"functions.a.two\"]')")
        #expect(try page.content("#trouble") == "")
        #expect(try page.content("#status") == "Generation 2 · 2 functions")
        #expect(try page.content("#news")?.contains("new: functions.a.two") == true)
        #expect(try page.evaluate("document.querySelector('#arguments').value") == #"{"typed": 1}"#)

        try workspace.save(
            "functions/a.swift", two.replacing("func two", with: "func three") + "import CloudFunctions\n")
        try page.wait("document.querySelector('#functions a[data-path=\"functions.a.three\"]')")
        #expect(try page.evaluate("document.querySelector('#function').classList.contains('gone')") == true)
        #expect(try page.evaluate("window.isTheSamePage") == true)
        #expect(page.complaints == [])
    }

    @Test func anAnswerTellsThatOtherFilesAreBroken() throws {
        try workspace.save("functions/b.swift", "func broken(\n")
        try page.wait(status("build-failed"))
        try page.type("{}", into: "#arguments")
        try page.pressControlEnter()
        try page.wait("document.querySelector('#result .value')")
        #expect(try page.content("#result .value") == "1")
        #expect(try page.content("#result .facts")?.contains("other files do not build") == true)
        #expect(page.complaints == [])
    }

    @Test func theConfigurationIsTold() throws {
        try workspace.save("context_values.yaml", "k: [1\n")
        try page.wait("document.querySelector('#trouble .code')?.textContent === 'configuration-invalid'")
        #expect(try page.content("#trouble .place")?.hasPrefix("context_values.yaml:") == true)
        try workspace.save("context_values.yaml", "k: 1\n")
        try page.wait("document.querySelector('#trouble').textContent === ''")
        #expect(try page.content("#news")?.contains("The configuration was read again") == true)
        #expect(page.complaints == [])
    }

    @Test func itConnectsAgainWhenTheEmulatorIsBack() throws {
        workspace.stop(SIGTERM)
        try page.wait(status("unreachable"))
        try page.click("#call")
        try page.wait("document.querySelector('#result .code')?.textContent === 'unreachable'")
        let files = ["functions/b.swift": Self.one]
        let again = try RunningWorkspace(files, flags: ["--port", "\(workspace.port)"])
        try again.waitUntilBuilt()
        try page.wait(status("ok"))
        try page.wait("document.querySelector('#functions a[data-path=\"functions.b.one\"]')")
        #expect(try page.evaluate("window.isTheSamePage") == true)
    }
}

import TestSupport
import Testing

@Suite(.supervised) struct RecordTests {
    @Test func recordIsAConstantInTheSection() throws {
        let source = #"""
            /// Greets someone.
            ///
            /// - Parameter name: whom to greet
            @Exposed
            func greet(_ context: FunctionContext, name: String = "person") throws -> String { "Hello \(name)" }
            """#
        let expected = ##"""
            @used @section("cloud_functions") @available(*, deprecated)
            private nonisolated let __exposed_greet: @convention(c) (UnsafeMutableRawPointer) -> Void = {
            unsafe __expose($0, #"{"name":"greet","file":"/proj/functions/mail.swift","line":5,"column":6,\##
            "documentation":"Greets someone.","parameters":[{"name":"name","type":"String","default":"\"person\"",\##
            "defaultKind":"literal",\##
            "documentation":"whom to greet"}],"result":"String","isAsync":false,"throws":true}"#) { \##
            try greet($0.context, name: $0.argument("name", as: String.self, default: "person")) }
            }
            """##
        #expect(try Expansion(source).records == [expected])
    }

    @Test(arguments: [
        // Effects: `try` and `await` appear only where something needs them; otherwise the compiler would warn.
        ("func f(_ c: FunctionContext) -> Int { 1 }", "__expose { f($0.context) }"),
        ("func f(_ c: FunctionContext) throws -> Int { 1 }", "__expose { try f($0.context) }"),
        ("func f(_ c: FunctionContext) throws(Failure) -> Int { 1 }", "__expose { try f($0.context) }"),
        ("func f(_ c: FunctionContext) throws(Never) -> Int { 1 }", "__expose { f($0.context) }"),
        ("func f(_ c: FunctionContext) async -> Int { 1 }", "__expose { await f($0.context) }"),
        ("func f(_ c: FunctionContext) async throws -> Int { 1 }", "__expose { try await f($0.context) }"),
        (
            "func f(_ c: FunctionContext, x: Int) -> Int { x }",
            #"__expose { try f($0.context, x: $0.argument("x", as: Int.self)) }"#
        ),
        // Results.
        ("func f(_ c: FunctionContext) {}", "__exposeWithoutResult { f($0.context) }"),
        ("func f(_ c: FunctionContext) -> Void {}", "__exposeWithoutResult { f($0.context) }"),
        ("func f(_ c: FunctionContext) -> () {}", "__exposeWithoutResult { f($0.context) }"),
        ("func f(_ c: FunctionContext) -> (Int) { 1 }", "__expose { f($0.context) }"),
        ("func f(_ c: FunctionContext) -> some Encodable { 1 }", "__expose { f($0.context) }"),
        ("func f(_ c: FunctionContext) -> any Encodable { 1 }", "__exposeExistential { f($0.context) }"),
        ("func f(_ c: FunctionContext) -> (any Codable & Sendable) { 1 }", "__exposeExistential { f($0.context) }"),
        ("func f(_ c: FunctionContext) -> Encodable { 1 }", "__exposeExistential { f($0.context) }"),
    ])
    func effectsAndResults(_ function: String, _ expected: String) throws {
        #expect(try summary("@Exposed \(function)") == expected)
    }

    @Test(arguments: [
        ("_ x: Int", #"$0.argument("x", as: Int.self)"#),
        ("to x: Int", #"to: $0.argument("to", as: Int.self)"#),
        ("in x: Int", #"in: $0.argument("in", as: Int.self)"#),
        ("`class`: Int", #"class: $0.argument("class", as: Int.self)"#),
        ("`inout`: Int", #"`inout`: $0.argument("inout", as: Int.self)"#),
        ("`two words` x: Int", #"`two words`: $0.argument("two words", as: Int.self)"#),
        ("x: Int?", #"x: $0.argument("x", as: Int?.self)"#),
        ("x: Int!", #"x: $0.argument("x", as: Int?.self)"#),
        ("x: Int? = nil", #"x: $0.argument("x", as: Int?.self, default: nil)"#),
        ("x: sending [Box]", #"x: $0.argument("x", as: [Box].self)"#),
        ("x: [String:\n  /* why */ Int]", #"x: $0.argument("x", as: [String: Int].self)"#),
        ("x: Int = { $0 + 1 }(2) /* a comment */", #"x: $0.argument("x", as: Int.self, default: { $0 + 1 }(2))"#),
        (
            "x: String = #\"a\"b\"#  // a comment\n",
            ##"x: $0.argument("x", as: String.self, default: #"a"b"#)"##
        ),
        ("all: Arguments", #"all: $0.argument("all", as: Arguments.self)"#),
    ])
    func parameters(_ parameter: String, _ expected: String) throws {
        let summary = try summary("@Exposed func f(_ c: FunctionContext, \(parameter)) {}")
        #expect(summary == "__exposeWithoutResult { try f($0.context, \(expected)) }")
    }

    @Test func contextKeepsItsLabel() throws {
        let summary = try summary("@Exposed func f(context: CloudFunctions.FunctionContext) {}")
        #expect(summary == "__exposeWithoutResult { f(context: $0.context) }")
    }

    @Test(arguments: [
        // The thunk is isolated to the actor itself, because default values may use the actor's state.
        ("@MainActor @Exposed", "{ @MainActor in try f($0.context, x: VALUE) }"),
        ("@Exposed @Store.MyActor", "{ @Store.MyActor in try f($0.context, x: VALUE) }"),
        // The attribute may be an actor or a macro, and `await` must be right for both.
        (
            "@Database @Exposed",
            "{ try await (f as (FunctionContext, Int) async throws -> Int)($0.context, VALUE) }"
        ),
        ("@Exposed @discardableResult @available(*, deprecated) nonisolated", "{ try f($0.context, x: VALUE) }"),
        ("@CloudFunctions.Exposed() private", "{ try f($0.context, x: VALUE) }"),
    ])
    func isolation(_ attributes: String, _ expected: String) throws {
        let summary = try summary("\(attributes) func f(_ c: FunctionContext, x: Int) -> Int { x }")
        let value = #"$0.argument("x", as: Int.self)"#
        #expect(summary == "__expose " + expected.split(separator: "VALUE").joined(separator: value))
    }

    @Test(arguments: [
        ("@Exposed func get(_ c: FunctionContext) {}", "__exposed_get", "get"),
        (#"@Exposed("other") func get(_ c: FunctionContext) {}"#, "__exposedAs_get", "get"),
        ("@Exposed func `default`(_ c: FunctionContext) {}", "__exposed_default", "`default`"),
        (#"@Exposed("other") func `a b`(_ c: FunctionContext) {}"#, "`__exposedAs_a b`", "`a b`"),
    ])
    func names(_ source: String, _ record: String, _ called: String) throws {
        let parsed = try ParsedRecord(source)
        #expect(parsed.name == record)
        #expect(parsed.thunk == "{ \(called)($0.context) }")
    }

    @Test func multilineDefaultsStayValid() throws {
        let record = try ParsedRecord(
            #"""
            @Exposed("a-b") func `f g`(
                _ c: FunctionContext,
                text: String = """
                    "quoted" \(1) \\
                    """,  // last
                `inout`: [String: [Int?]]? = ["a": [1]]
            ) async throws -> [some Encodable] { [1] }
            """#)
        #expect(record.thunk.contains("\"\"\"\n        \"quoted\" \\(1) \\\\\n        \"\"\""))
    }

    /// Returns the function of the SDK that a record calls, and the closure that it passes.
    private func summary(_ source: String) throws -> String {
        let record = try ParsedRecord(source)
        return "\(record.entryPoint) \(record.thunk)"
    }
}

import MacroExpansion
import FoundationEssentials
import SwiftDiagnostics
import SwiftParser
import SwiftSyntax
import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacros
import TestSupport
import Testing

@Suite(.supervised) struct ToolTests {
    @Test func everythingIsThere() throws {
        let tool = try tool(
            #"""
            "add", timeout: .seconds(5), memory: .megabytes(64), agentic: true, requiresHumanPermission: true,
            description: "Adds two numbers.", examples: ["add 1 2", "add -1 0.5"],
            inputSchema: [
                "type": "object", "properties": ["a": ["type": "number", "minimum": -1.5, "default": nil]],
                "required": ["a"],
            ],
            outputSchema: ["type": "object", "additionalProperties": false],
            meta: ["category": "math", "tags": [1, "two", [], [:]]]
            """#)
        let expected =
            #"{"requiresHumanPermission":true,"description":"Adds two numbers.","examples":["add 1 2","add -1 0.5"],"#
            + #""inputSchema":{"type":"object","properties":{"a":{"type":"number","minimum":-1.5,"default":null}},"#
            + #""required":["a"]},"outputSchema":{"type":"object","additionalProperties":false},"#
            + #""meta":{"category":"math","tags":[1,"two",[],{}]}}"#
        #expect(tool == expected)
    }

    @Test func toolStandsBetweenLimitsAndParameters() throws {
        let record = try ParsedRecord(
            "@Exposed(timeout: .seconds(5), agentic: true)\nfunc f(_ c: FunctionContext) {}")
        let expected =
            #"{"name":"f","file":"/proj/functions/mail.swift","line":2,"column":6,"timeoutMilliseconds":5000,"#
            + #""tool":{},"parameters":[],"isAsync":false,"throws":false}"#
        #expect(record.metadata == expected)
    }

    @Test(arguments: ["", "\"name\"", "timeout: .seconds(5)", "agentic: false", "\"name\", agentic: false"])
    func otherFunctionsAreNoTools(_ arguments: String) throws {
        #expect(try tool(arguments) == nil)
    }

    @Test(
        arguments: [
            ("agentic: true", "{}"),
            ("agentic: true, description: nil, examples: nil", "{}"),
            ("agentic: true, inputSchema: nil, outputSchema: nil, meta: nil", "{}"),
            ("agentic: true, requiresHumanPermission: false", #"{"requiresHumanPermission":false}"#),
            ("agentic: true, description: \"\"", #"{"description":""}"#),
            ("agentic: true, examples: []", #"{"examples":[]}"#),
            ("agentic: true, meta: [:]", #"{"meta":{}}"#),
        ] as [(String, String)])
    func onlyNilIsLeftOut(_ arguments: String, _ expected: String) throws {
        #expect(try tool(arguments) == expected)
    }

    @Test(
        arguments: [
            ("nil", "null"), ("true", "true"), ("false", "false"),
            ("0", "0"), ("-1", "-1"), ("1_000", "1000"), ("0xFF", "255"), ("0o17", "15"), ("-0b11", "-3"),
            ("1.5", "1.5"), ("-0.25", "-0.25"), ("1_0.0", "10.0"), ("2.5e-1", "0.25"), ("1e3", "1000.0"),
            ("\"\"", "\"\""), (#""a""#, #""a""#), (#""ünï 👩‍👩‍👧""#, #""ünï 👩‍👩‍👧""#),
            (#""a\"b\\c\n\t\r\u{e9}\u{1}""#, #""a\"b\\c\n\t\ré\u0001""#),
            (###"##"a"#\b"##"###, ##""a\"#\\b""##),
            ("[]", "[]"), ("[:]", "{}"), ("[1, /* why */ 2,]", "[1,2]"),
            (#"[1, "a", [true, nil], ["k": -2.5]]"#, #"[1,"a",[true,null],{"k":-2.5}]"#),
            (#"["b": 1, "a": ["c": [:]]]"#, #"{"b":1,"a":{"c":{}}}"#),
            (#"["a \"quoted\" key": 1]"#, #"{"a \"quoted\" key":1}"#),
        ] as [(String, String)])
    func literalsBecomeJSON(_ literal: String, _ json: String) throws {
        #expect(try tool("agentic: true, meta: [\"k\": \(literal)]") == "{\"meta\":{\"k\":\(json)}}")
    }

    @Test func linesOfTextsSurvive() throws {
        let tool = try tool(
            #"""
            agentic: true,
            description: """
                Adds "two" \
                numbers.

                  Indented\t\\.
                """
            """#)
        #expect(tool == #"{"description":"Adds \"two\" numbers.\n\n  Indented\t\\."}"#)
    }

    @Test(
        arguments: [
            // Values that are not known to the compiler.
            ("agentic: isTool", 19, "agentic: true"),
            ("agentic: !false", 19, "agentic: true"),
            ("agentic: true, requiresHumanPermission: isRisky()", 50, "requiresHumanPermission: true"),
            ("agentic: true, description: text", 38, #"description: "Adds two numbers""#),
            ("agentic: true, description: .text", 38, #"description: "Adds two numbers""#),
            ("agentic: true, description: text(1)", 38, #"description: "Adds two numbers""#),
            (#"agentic: true, description: "Adds \(count)""#, 38, #"description: "Adds two numbers""#),
            (#"agentic: true, description: "Adds" + "more""#, 38, #"description: "Adds two numbers""#),
            ("agentic: true, examples: texts", 35, #"examples: ["add 1 2"]"#),
            (#"agentic: true, examples: ["a", text]"#, 35, #"examples: ["add 1 2"]"#),
            (#"agentic: true, examples: ["a \(x)"]"#, 35, #"examples: ["add 1 2"]"#),
            ("agentic: true, inputSchema: schema", 38, #"inputSchema: ["type": "object"]"#),
            (#"agentic: true, inputSchema: ["type": type]"#, 38, #"inputSchema: ["type": "object"]"#),
            (#"agentic: true, inputSchema: [type: "object"]"#, 38, #"inputSchema: ["type": "object"]"#),
            (#"agentic: true, inputSchema: ["\(type)": 1]"#, 38, #"inputSchema: ["type": "object"]"#),
            ("agentic: true, outputSchema: schema()", 39, #"outputSchema: ["type": "object"]"#),
            (#"agentic: true, outputSchema: ["a": [1, ["b": c]]]"#, 39, #"outputSchema: ["type": "object"]"#),
            (#"agentic: true, meta: ["a": -b]"#, 31, #"meta: ["category": "math"]"#),
            (#"agentic: true, meta: ["a": 1 + 1]"#, 31, #"meta: ["category": "math"]"#),
            // Values of another type.
            (#"agentic: "true""#, 19, "agentic: true"),
            ("agentic: 1", 19, "agentic: true"),
            ("agentic: true, requiresHumanPermission: 0", 50, "requiresHumanPermission: true"),
            ("agentic: true, description: 5", 38, #"description: "Adds two numbers""#),
            ("agentic: true, description: true", 38, #"description: "Adds two numbers""#),
            (#"agentic: true, description: ["a"]"#, 38, #"description: "Adds two numbers""#),
            (#"agentic: true, examples: "a""#, 35, #"examples: ["add 1 2"]"#),
            ("agentic: true, examples: [:]", 35, #"examples: ["add 1 2"]"#),
            (#"agentic: true, examples: ["a", 1]"#, 35, #"examples: ["add 1 2"]"#),
            (#"agentic: true, examples: ["a", nil]"#, 35, #"examples: ["add 1 2"]"#),
            (#"agentic: true, examples: [["a"]]"#, 35, #"examples: ["add 1 2"]"#),
            ("agentic: true, inputSchema: true", 38, #"inputSchema: ["type": "object"]"#),
            ("agentic: true, inputSchema: []", 38, #"inputSchema: ["type": "object"]"#),
            (#"agentic: true, inputSchema: [1: "a"]"#, 38, #"inputSchema: ["type": "object"]"#),
            (#"agentic: true, outputSchema: ["type"]"#, 39, #"outputSchema: ["type": "object"]"#),
            (#"agentic: true, meta: "a""#, 31, #"meta: ["category": "math"]"#),
        ] as [(String, Int, String)])
    func whatDescribesToolsIsLiteral(_ arguments: String, _ column: Int, _ form: String) throws {
        let expansion = try Expansion("@Exposed(\(arguments)) func f(_ c: FunctionContext) {}")
        let expected = "what describes a tool must be known to the compiler; write literals, such as '\(form)'"
        #expect(expansion.problems == ["1:\(column): \(expected)"])
        #expect(expansion.records.isEmpty)
    }

    @Test func everyArgumentIsChecked() throws {
        let expansion = try Expansion(
            "@Exposed(agentic: true, description: text, examples: [1], meta: nil)\nfunc f(_ c: FunctionContext) {}")
        #expect(expansion.problems.map { $0.prefix { $0 != " " } } == ["1:38:", "1:54:"])
    }

    @Test(
        arguments: [
            ("requiresHumanPermission: true", 10, "requiresHumanPermission"),
            (#"description: "Adds""#, 10, "description"),
            (#"examples: ["add 1 2"]"#, 10, "examples"),
            (#"inputSchema: ["type": "object"]"#, 10, "inputSchema"),
            (#"outputSchema: ["type": "object"]"#, 10, "outputSchema"),
            (#""name", meta: [:]"#, 18, "meta"),
            (#"agentic: false, description: "Adds""#, 26, "description"),
            // Only one problem for all of them.
            (#"description: "Adds", examples: [], meta: [:]"#, 10, "description"),
        ] as [(String, Int, String)])
    func onlyToolsAreDescribed(_ arguments: String, _ column: Int, _ label: String) throws {
        let expansion = try Expansion("@Exposed(\(arguments)) func f(_ c: FunctionContext) {}")
        let expected = "'\(label)' describes a tool of agents; write 'agentic: true' before it, or remove it"
        #expect(expansion.problems == ["1:\(column): \(expected)"])
        #expect(expansion.records.isEmpty)
    }

    @Test(arguments: ["app-description", "list-agent-tools", "list-agent-tools-issues"])
    func namesOfQuestionsAreReserved(_ name: String) throws {
        let expansion = try Expansion("@Exposed(\"\(name)\") func f(_ c: FunctionContext) {}")
        let expected = "'\(name)' is what agents ask of an app, and answered before any function; give another name"
        #expect(expansion.problems == ["1:10: \(expected)"])
        #expect(expansion.records.isEmpty)
    }

    @Test(arguments: ["app_description", "my-app-description", "list-agent-tool", "list-agent-tools-"])
    func namesLikeQuestionsAreUsable(_ name: String) throws {
        #expect(try Expansion("@Exposed(\"\(name)\") func f(_ c: FunctionContext) {}").problems.isEmpty)
    }

    @Test(
        arguments: [
            ("1", "literal"), ("-1", "literal"), ("1.5", "literal"), ("-1.5", "literal"), ("true", "literal"),
            ("nil", "literal"), (#""a""#, "literal"), (##"#"a\b"#"##, "literal"), ("[]", "literal"),
            ("[:]", "literal"), (#"["a": 1]"#, "literal"), (#"["a", "b"]"#, "literal"),
            ("1 /* a comment */", "literal"),
            (".fast", "member"), (".`default`", "member"),
            ("Mode.fast", nil), (".modes.fast", nil), ("f()", nil), (".now()", nil), (".seconds(5)", nil),
            ("a + b", nil), ("1 + 1", nil), ("name", nil), ("-name", nil), (#""\(x)""#, nil), ("[name]", nil),
            (#"["a": name]"#, nil), ("{ 1 }()", nil),
        ] as [(String, String?)])
    func kindOfDefault(_ source: String, _ expected: String?) throws {
        let metadata = try metadata("@Exposed func f(_ c: FunctionContext, x: Value = \(source)) {}")
        #expect(metadata.parameters.map(\.name) == ["x"])
        #expect(metadata.parameters.first?.defaultKind == expected)
    }

    @Test func kindStandsAfterTheDefault() throws {
        let record = try ParsedRecord(
            "/// - Parameter x: an x\n@Exposed func f(_ c: FunctionContext, x: Mode = .fast, y: Mode) {}")
        let expected =
            #""parameters":[{"name":"x","type":"Mode","default":".fast","defaultKind":"member","#
            + #""documentation":"an x"},{"name":"y","type":"Mode"}]"#
        #expect(record.metadata.contains(expected))
    }

    private struct Metadata: Decodable {
        struct Parameter: Decodable {
            var name: String
            var defaultKind: String?
        }

        var parameters: [Parameter]
    }

    private func metadata(_ source: String) throws -> Metadata {
        try JSONDecoder().decode(Metadata.self, from: Data(try ParsedRecord(source).metadata.utf8))
    }

    /// Returns the JSON of the metadata's member `tool`, or nil when there is none.
    private func tool(_ arguments: String) throws -> String? {
        let text = try ParsedRecord("@Exposed(\(arguments)) func f(_ c: FunctionContext) {}").metadata
        // The metadata as a whole must be JSON.
        _ = try JSONDecoder().decode(Metadata.self, from: Data(text.utf8))
        guard let start = text.firstRange(of: #","tool":"#)?.upperBound,
            let end = text.firstRange(of: #","parameters":["#)?.lowerBound
        else { return nil }
        return String(text[start..<end])
    }
}

@Suite(.supervised) struct AppDescriptionTests {
    @Test(
        arguments: [
            (
                #"(shortName: "adder", description: "Adds things.")"#,
                #"{"shortName":"adder","description":"Adds things."}"#
            ),
            (#"(shortName: "adder")"#, #"{"shortName":"adder"}"#),
            (#"(description: "Adds things.")"#, #"{"description":"Adds things."}"#),
            (#"(shortName: "")"#, #"{"shortName":""}"#),
            ("()", "{}"),
        ] as [(String, String)])
    func recordIsAConstantInTheSection(_ arguments: String, _ members: String) throws {
        let expansion = try AppExpansion("#AppDescription\(arguments)")
        let expected = #"""
            @used @section("cloud_functions")
            private nonisolated let __appDescription: @convention(c) (UnsafeMutableRawPointer) -> Void = {
            unsafe __describeApp($0, #"{"appDescription":\#(members),\#
            "file":"/proj/functions/mail.swift","line":1,"column":1}"#)
            }
            """#
        #expect(expansion.problems.isEmpty)
        #expect(expansion.records == [expected])
    }

    @Test func textsSurvive() throws {
        let source = ##"""
            #AppDescription(
                shortName: #"a"b\c"#,
                description: """
                    Adds "things".

                      Ünï\t\\.
                    """)
            """##
        let expected =
            #"{"appDescription":{"shortName":"a\"b\\c","description":"Adds \"things\".\n\n  Ünï\t\\."},"#
            + #""file":"/proj/functions/mail.swift","line":1,"column":1}"#
        #expect(try metadata(source) == expected)
    }

    @Test func positionIsTheMacros() throws {
        let metadata = try metadata("import CloudFunctions\n\n// why\n  #AppDescription(shortName: \"a\")\n")
        #expect(metadata.hasSuffix(#","file":"/proj/functions/mail.swift","line":4,"column":3}"#))
    }

    @Test func nilIsNoProblem() throws {
        let expansion = try AppExpansion("#AppDescription(shortName: nil, description: nil)")
        #expect(expansion.problems.isEmpty)
        #expect(expansion.records.count == 1)
    }

    @Test(
        arguments: [
            ("shortName: name", 28), ("shortName: name()", 28), ("shortName: .name", 28), ("shortName: 5", 28),
            ("shortName: true", 28), (#"shortName: ["a"]"#, 28), (#"shortName: "a \(b)""#, 28),
            (#"shortName: "a" + "b""#, 28), ("description: text", 30),
            (#"shortName: "a", description: text"#, 46),
            // Only one problem for both.
            ("shortName: name, description: text", 28),
        ] as [(String, Int)])
    func textsAreLiteral(_ arguments: String, _ column: Int) throws {
        let expansion = try AppExpansion("#AppDescription(\(arguments))")
        let expected =
            "the description must be known to the compiler; write a plain string such as 'shortName: \"adder\"'"
        #expect(expansion.problems == ["1:\(column): \(expected)"])
        #expect(expansion.records.isEmpty)
    }

    /// Returns the metadata as a running program sees them.
    private func metadata(_ source: String) throws -> String {
        let expansion = try AppExpansion(source)
        #expect(expansion.problems.isEmpty)
        let text = try #require(expansion.records.first)
        let file = Parser.parse(source: text)
        #expect(!file.hasError, "\(text)")
        let constant = try #require(file.statements.first?.item.as(VariableDeclSyntax.self)?.bindings.first)
        let closure = try #require(constant.initializer?.value.as(ClosureExprSyntax.self))
        let statement = try #require(closure.statements.first?.item.as(UnsafeExprSyntax.self))
        let call = try #require(statement.expression.as(FunctionCallExprSyntax.self))
        return try #require(
            call.arguments.last?.expression.as(StringLiteralExprSyntax.self)?.representedLiteralValue)
    }
}

/// The result of expanding the `#AppDescription` at the end of a source file.
private struct AppExpansion {
    /// The source of the records.
    let records: [String]
    /// The problems, each as `line:column: message`, in order.
    let problems: [String]

    init(_ source: String) throws {
        let file = Parser.parse(source: source)
        let context = BasicMacroExpansionContext(
            sourceFiles: [file: .init(moduleName: "functions", fullFilePath: Expansion.path)])
        let item = try #require(file.statements.last?.item)
        let found = item.asProtocol((any FreestandingMacroExpansionSyntax).self)
        let node = try #require(found)
        records = try Self.expand(node, context).map(\.description)
        problems = context.diagnostics.map { diagnostic in
            let location = context.location(for: diagnostic.position, anchoredAt: diagnostic.node, fileName: "")
            return "\(location.line):\(location.column): \(diagnostic.message)"
        }
    }

    private static func expand(
        _ node: some FreestandingMacroExpansionSyntax, _ context: some MacroExpansionContext
    ) throws -> [DeclSyntax] {
        try AppDescriptionMacro.expansion(of: node, in: context)
    }
}

import FoundationEssentials
import TestSupport
import Testing

@Suite(.supervised) struct MetadataTests {
    /// The metadata as their readers decode them.
    struct Metadata: Decodable, Equatable {
        struct Parameter: Decodable, Equatable {
            var name: String
            var type: String
            var `default`: String?
            var documentation: String?
            var catchAll: Bool?
        }

        var name: String
        var exposedAs: String?
        var file = Expansion.path
        var line: Int
        var column: Int
        var documentation: String?
        var timeoutMilliseconds: Int?
        var memoryMegabytes: Int?
        var parameters: [Parameter] = []
        var result: String?
        var isAsync = false
        var `throws` = false
    }

    @Test func everythingIsThere() throws {
        let metadata = try metadata(
            #"""
            import CloudFunctions

            /// Sends an e-mail.
            ///
            /// Really.
            /// - Parameters:
            ///   - recipient: whom to send it to
            ///   - text: the "text"
            /// - Returns: the id
            @Exposed("send_email")
            private func send(
                _ context: FunctionContext, to recipient: String?, text: String = "a\n\"b\"", _ all: Arguments
            ) async throws -> Dictionary<String,
                Int> { [:] }
            """#)
        let expected = Metadata(
            name: "send", exposedAs: "send_email", line: 11, column: 14, documentation: "Sends an e-mail.\n\nReally.",
            parameters: [
                .init(name: "to", type: "String?", documentation: "whom to send it to"),
                .init(name: "text", type: "String", default: #""a\n\"b\"""#, documentation: #"the "text""#),
                .init(name: "all", type: "Arguments", catchAll: true),
            ], result: "Dictionary<String, Int>", isAsync: true, throws: true)
        #expect(metadata == expected)
    }

    @Test(arguments: [
        ("timeout: .seconds(5)", 5_000, nil), ("timeout: .milliseconds(1_500), memory: .megabytes(64)", 1_500, 64),
        ("timeout: Duration.seconds(0.25), memory: MemoryLimit.gigabytes(2)", 250, 2_048),
        ("timeout: nil, memory: nil", nil, nil),
        ("\"name\", memory: .megabytes(32)", nil, 32),
    ])
    func limitsAreThere(arguments: String, timeout: Int?, memory: Int?) throws {
        let metadata = try metadata("@Exposed(\(arguments)) func f(_ c: FunctionContext) {}")
        #expect(metadata.timeoutMilliseconds == timeout)
        #expect(metadata.memoryMegabytes == memory)
    }

    @Test func whatIsNotThereIsLeftOut() throws {
        let record = try ParsedRecord("@Exposed func f(_ c: FunctionContext) {}")
        let expected =
            #"{"name":"f","file":"/proj/functions/mail.swift","line":1,"column":15,"parameters":[],"#
            + #""isAsync":false,"throws":false}"#
        #expect(record.metadata == expected)
    }

    @Test(arguments: [
        ####"quotes " "" """ and "# "## "###"####, ###"back \ slash \n \" \# \## \(x) \#(x)"###,
        "tab\tand\u{1}\u{7F}\u{85}x",
        "ünï “—” 👩‍👩‍👧 e\u{301} \u{2028} \u{FEFF}x", "#", "{} [] : ,", ##"ends with \"##, #"ends with ""#,
    ])
    func textsSurvive(_ text: String) throws {
        let metadata = try metadata("/// \(text)\n@Exposed func f(_ c: FunctionContext) {}")
        #expect(metadata.documentation == text)
    }

    @Test func defaultsSurvive() throws {
        let source = ##"#"a"b\c"# + "\(x) \u{e9}" + ["k": "v"]["k"]!"##
        let metadata = try metadata("@Exposed func f(_ c: FunctionContext, x: String = \(source)) {}")
        #expect(metadata.parameters.first?.default == source)
    }

    @Test func backticksAreForSwiftOnly() throws {
        let metadata = try metadata("@Exposed func `default`(_ c: FunctionContext, `class`: Int) {}")
        #expect(metadata.name == "default")
        #expect(metadata.column == 15)
        #expect(metadata.parameters.map(\.name) == ["class"])
    }

    @Test func positionIsTheNames() throws {
        let metadata = try metadata("@Exposed func\n    // why\n    f(_ c: FunctionContext) {}")
        #expect(metadata.line == 3)
        #expect(metadata.column == 5)
    }

    private func metadata(_ source: String) throws -> Metadata {
        try JSONDecoder().decode(Metadata.self, from: Data(try ParsedRecord(source).metadata.utf8))
    }
}

extension MetadataTests.Metadata {
    // Absent members become nil instead of the initial values, which are for the expectations of the tests.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try container.decode(String.self, forKey: .name),
            exposedAs: try container.decodeIfPresent(String.self, forKey: .exposedAs),
            file: try container.decode(String.self, forKey: .file),
            line: try container.decode(Int.self, forKey: .line),
            column: try container.decode(Int.self, forKey: .column),
            documentation: try container.decodeIfPresent(String.self, forKey: .documentation),
            timeoutMilliseconds: try container.decodeIfPresent(Int.self, forKey: .timeoutMilliseconds),
            memoryMegabytes: try container.decodeIfPresent(Int.self, forKey: .memoryMegabytes),
            parameters: try container.decode([Parameter].self, forKey: .parameters),
            result: try container.decodeIfPresent(String.self, forKey: .result),
            isAsync: try container.decode(Bool.self, forKey: .isAsync),
            throws: try container.decode(Bool.self, forKey: .throws))
    }

    private enum CodingKeys: String, CodingKey {
        case name, exposedAs, file, line, column, documentation, timeoutMilliseconds, memoryMegabytes, parameters,
            result
        case isAsync, `throws`
    }
}

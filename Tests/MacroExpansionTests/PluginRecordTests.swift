import FunctionContracts
import TestSupport
import Testing
import Values

/// Tests that engine and worker read all that the macros write.
@Suite(.supervised) struct PluginRecordTests {
    @Test(arguments: [
        "@Exposed func f(_ c: FunctionContext) {}",
        """
        /// Sends.
        /// - Parameter to: whom
        @Exposed("send", timeout: .seconds(5), memory: .megabytes(64))
        func f(_ c: FunctionContext, to: String, n: Int = 3, _ all: Arguments) async throws -> [String: Int] { [:] }
        """,
        """
        @Exposed(
            agentic: true, requiresHumanPermission: true, description: "D", examples: ["a", "b"],
            inputSchema: ["type": "object"], outputSchema: ["type": "object"], meta: ["k": 1])
        func f(_ c: FunctionContext, n: Int = 3) -> Int { n }
        """,
    ])
    func theRecordHoldsAllThatIsWritten(source: String) throws {
        let json = try JSONValue(parsing: ParsedRecord(source).metadata)
        let record = try PluginRecord(json)
        #expect(record.name == "f" && record.line > 0)
        var written = json.object ?? [:]
        // Whether a tool is one is what its presence says.
        if var tool = written["tool"]?.object {
            tool["agentic"] = nil
            written["tool"] = .object(tool)
        }
        #expect(try ValueEncoder().encode(record) == .object(written))
    }

    @Test func whatIsNoRecordIsAnError() {
        #expect(throws: DecodingError.self) { try PluginRecord([:]) }
        #expect(throws: DecodingError.self) { try PluginRecord(["file": "a", "line": "b"]) }
    }
}

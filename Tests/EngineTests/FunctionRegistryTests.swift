import Engine
import Failures
import FunctionContracts
import TestSupport
import Testing
import Values

@Suite(.supervised)
struct FunctionRegistryTests {
    private func record(_ path: String, line: Int = 1, index: UInt32 = 0) -> FunctionRecord {
        FunctionRecord(index: index, path: path, place: SourcePlace(file: "functions/example.swift", line: line))
    }

    @Test func findsShortAndLongNames() throws {
        let registry = try FunctionRegistry([record("functions.example.greet"), record("functions.functions.hello")])
        #expect(try registry.find(FunctionName("functions.example.greet")).path == "functions.example.greet")
        #expect(try registry.find(FunctionName("example.greet")).path == "functions.example.greet")
        #expect(try registry.find(FunctionName("hello")).path == "functions.functions.hello")
        #expect(try registry.find(FunctionName("functions.hello")).path == "functions.functions.hello")
    }

    @Test(arguments: ["a", "z"])
    func aSharedShortNameMeansTheFunctionShortenedLeast(module: String) throws {
        let registry = try FunctionRegistry([
            record("functions.functions.\(module).b", line: 2), record("functions.\(module).b", line: 1),
        ])
        #expect(try registry.find(FunctionName("functions.\(module).b")).place.line == 1)
        #expect(try registry.find(FunctionName("\(module).b")).place.line == 1)
        #expect(try registry.find(FunctionName("functions.functions.\(module).b")).place.line == 2)
    }

    @Test func namesTheNearestWhenThereIsNone() throws {
        let registry = try FunctionRegistry([record("functions.example.greet"), record("functions.other.thing")])
        let error = #expect(throws: Failure.self) { try registry.find(FunctionName("example.gret")) }
        #expect(error?.code == .functionNotFound)
        #expect(error?.message == "Not found, function 'example.gret' does not exist or is not exposed")
        #expect(error?.details == .nearest(["functions.example.greet"]))
    }

    @Test func refusesTwoFunctionsUnderOnePath() {
        let error = #expect(throws: Failure.self) {
            try FunctionRegistry([record("functions.a.get", line: 3), record("functions.a.get", line: 9)])
        }
        #expect(error?.details.diagnostics.first?.line == 9)
        #expect(
            error?.details.diagnostics.first?.message.contains(
                "functions/example.swift:3 and functions/example.swift:9") == true)
    }

    @Test(arguments: ["functions.my file.get", "functions.a..get"])
    func refusesFunctionsThatNobodyCanName(path: String) {
        let error = #expect(throws: Failure.self) { try FunctionRegistry([record(path, line: 3)]) }
        #expect(error?.details.diagnostics.first?.line == 3)
        #expect(error?.details.diagnostics.first?.message.contains("rename the file or folder") == true)
    }

    @Test func readsTheMacrosMetadata() throws {
        let metadata = try JSONValue(
            parsing:
                #"{"name":"get","exposedAs":"fetch-it","file":"/w/functions/a/b.swift","line":4,"#
                + #""column":6,"documentation":"Gets."}"#)
        let plugin = try PluginRecord(metadata)
        let record = try #require(FunctionRecord(plugin, index: 2, in: FunctionsFolder("/w/functions")))
        #expect(record.path == "functions.a.b.fetch-it")
        #expect(record.place == SourcePlace(file: "functions/a/b.swift", line: 4, column: 6))
        #expect(FunctionRecord(plugin, index: 0, in: FunctionsFolder("/elsewhere")) == nil)
    }
}

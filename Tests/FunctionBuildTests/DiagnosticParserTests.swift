import Failures
import TestSupport
import Testing

@testable import FunctionBuild

@Suite("DiagnosticParser", .supervised)
struct DiagnosticParserTests {
    private static let layout = BuildLayout(
        packageRoot: "/p", functionsFolder: "/w/functions", buildFolder: "/w/.workspace/build")

    /// The output of tools, with the diagnostics as they are to be shown.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var output: String
        var rendered: [String]
    }

    @Test("what tools print becomes diagnostics at the user's places", arguments: cases)
    func parses(_ one: Case) {
        let parser = DiagnosticParser(
            shown: { Self.layout.shown($0) },
            source: { ["/b/work/c1.o": "functions/c1.swift", "/b/work/c2.o": "functions/c2.swift"][$0] })
        #expect(parser.diagnostics(in: one.output).map { $0.rendered() } == one.rendered)
    }

    @Test("the parts of a diagnostic are there one by one")
    func parts() throws {
        let output = """
            /w/functions/sub/m.swift:10:6: error: invalid redeclaration of 'g'
            func g(_ a: Int) {}
                 ^
            /w/functions/m.swift:9:6: note: 'g' previously declared here
            func g(_ b: Int) {}
                 ^
            """
        let diagnostics = DiagnosticParser(layout: Self.layout).diagnostics(in: output)
        try #require(diagnostics.count == 1)
        #expect(diagnostics[0].severity == .error)
        #expect(diagnostics[0].file == "functions/sub/m.swift")
        #expect(diagnostics[0].line == 10)
        #expect(diagnostics[0].column == 6)
        #expect(diagnostics[0].sourceLine == "func g(_ a: Int) {}")
        #expect(diagnostics[0].notes.map(\.message) == ["'g' previously declared here"])
        #expect(diagnostics[0].notes.first?.place?.sourceLine == "func g(_ b: Int) {}")
    }

    @Test("thousands of lines are parsed in a moment", .supervised)
    func large() {
        let one = """
            /w/functions/a.swift:%:1: error: cannot find 'nope' in scope
                nope()
                ^~~~

            """
        let output = (1...1000).map { one.replacing("%", with: "\($0)") }.joined()
        #expect(DiagnosticParser(layout: Self.layout).diagnostics(in: output).count == 1000)
    }

    static let cases = [
        Case(testDescription: "nothing", output: "", rendered: []),
        Case(
            testDescription: "a macro's error without the macro's name",
            output: "/w/functions/a.swift:5:19: error: the first parameter must be another (from macro 'Exposed ')",
            rendered: ["functions/a.swift:5:19: error: the first parameter must be another"]),
        Case(
            testDescription: "two exposed functions of one name",
            output: "/w/functions/a.swift:3:1: error: invalid redeclaration of '__exposed_over'",
            rendered: [
                "functions/a.swift:3:1: error: another function exposed as 'over' is in this file: "
                    + "give one of them another name, as in @Exposed(\"other_name\")"
            ]),
        Case(
            testDescription: "duplicates and warnings in the order in which they came",
            output: """
                /w/functions/m.swift:3:2: error: type 'Any' does not conform to the 'Sendable' protocol
                @Test(arguments: [NotHash(), 3])
                 ^
                /w/functions/m.swift:3:2: error: type 'Any' does not conform to the 'Sendable' protocol
                @Test(arguments: [NotHash(), 3])
                 ^
                /w/functions/m.swift:6:9: warning: variable 'unused' was never used; consider replacing with '_'
                    var unused = 1
                    ~~~~^~~~~~
                    _
                """,
            rendered: [
                """
                functions/m.swift:3:2: error: type 'Any' does not conform to the 'Sendable' protocol
                @Test(arguments: [NotHash(), 3])
                 ^
                """,
                """
                functions/m.swift:6:9: warning: variable 'unused' was never used; consider replacing with '_'
                    var unused = 1
                        ^
                """,
            ]),
        Case(
            testDescription: "a mistake in a macro's expansion",
            output: """
                /tmp/swift-generated-sources/@__swiftmacro_9functions1f4TestfMp_.swift:12:27: error: cannot convert value
                  traits: [],arguments: {[NotHash(), 3]},sourceLocation: Testing.SourceLocation(
                                          ^
                /w/functions/m.swift:3:1: note: in expansion of macro 'Test' on global function 'f(x:)' here
                @Test(arguments: [NotHash(), 3])
                ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                """,
            rendered: [
                """
                functions/m.swift:3:1: error: cannot convert value
                @Test(arguments: [NotHash(), 3])
                ^
                """
            ]),
        Case(
            testDescription: "a mistake copied by a macro within a macro",
            output: """
                /w/functions/o.swift:2:36: error: cannot find type 'Nope' in scope
                @Observable final class A { var x: Nope = 1
                                                   ^~~~
                /t/swift-generated-sources/@__swiftmacro_9functions1AC1x18ObservationTrackedfMp_.swift:2:18: error: cannot find \
                type 'Nope' in scope
                private  var _x: Nope = 1
                                 ^~~~
                /t/swift-generated-sources/@__swiftmacro_9functions1AC1x10ObservablefMr_.swift:1:1: note: in expansion of macro \
                'ObservationTracked' on property 'x' here
                @ObservationTracked
                ^
                """,
            rendered: [
                """
                functions/o.swift:2:36: error: cannot find type 'Nope' in scope
                @Observable final class A { var x: Nope = 1
                                                   ^
                """
            ]),
        Case(
            testDescription: "a line with wide characters, columns counted in bytes",
            output: """
                /w/functions/n.swift:2:30: error: expected expression after operator
                func h() -> Int { "😀é" + }
                """,
            rendered: [
                """
                functions/n.swift:2:30: error: expected expression after operator
                func h() -> Int { "😀é" + }
                                         ^
                """
            ]),
        Case(
            testDescription: "a tab before the column",
            output: "/w/functions/n.swift:1:2: error: no\n\tx\n\t^",
            rendered: ["functions/n.swift:1:2: error: no\n\tx\n\t^"]),
        Case(
            testDescription: "an empty line",
            output: "/w/functions/n.swift:1:1: error: no\n\n^\nlet x = 1",
            rendered: ["functions/n.swift:1:1: error: no\n\n^"]),
        Case(
            testDescription: "errors without a place",
            output: """
                <unknown>:0: error: error opening input file '/w/functions/zz.swift' (No such file or directory)
                error: filename "c1.swift" used twice: '/w/functions/c1.swift' and '/w/functions/s/c1.swift'
                note: filenames are used to distinguish private declarations with the same name
                """,
            rendered: [
                "error: error opening input file '/w/functions/zz.swift' (No such file or directory)",
                """
                error: filename "c1.swift" used twice: '/w/functions/c1.swift' and '/w/functions/s/c1.swift'
                note: filenames are used to distinguish private declarations with the same name
                """,
            ]),
        Case(
            testDescription: "symbols defined twice, known by their objects",
            output: """
                ld.lld: error: duplicate symbol: same
                >>> defined at <compiler-generated>:0 (/<compiler-generated>:0)
                >>>            /b/work/c1.o:(same)
                >>> defined at <compiler-generated>:0 (/<compiler-generated>:0)
                >>>            /b/work/c2.o:(.text.same+0x0)
                """,
            rendered: [
                """
                functions/c1.swift: error: duplicate symbol: same
                functions/c1.swift: note: in this file
                functions/c2.swift: note: in this file
                """
            ]),
        Case(
            testDescription: "an undefined symbol with a known line",
            output: """
                ld.lld: error: undefined symbol: missing
                >>> referenced by c1.swift:3 (/w/functions/c1.swift:3)
                >>>               /b/work/c1.o:($s9functions4callyyF)
                """,
            rendered: [
                """
                functions/c1.swift:3: error: undefined symbol: missing
                functions/c1.swift:3: note: referenced here
                functions/c1.swift: note: in this file
                """
            ]),
    ]
}

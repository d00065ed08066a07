import TestSupport
import Testing

@Suite(.supervised) struct ProblemTests {
    private static let unknownTimeout =
        "1:19: the time limit must be known to the compiler; "
        + "write '.seconds(5)' or '.milliseconds(500)', up to a day"
    private static let unknownMemory =
        "1:18: the memory limit must be known to the compiler; "
        + "write '.megabytes(64)' or '.gigabytes(1)', up to 1,024 GB"
    private static let lowMemory =
        "1:18: the memory limit is too low for any call, "
        + "the process itself has about 30 MB; write '.megabytes(32)' or more"
    private static let firstIsString =
        "1:17: the first parameter must be a 'FunctionContext', not 'String'; "
        + "insert '_ context: FunctionContext' before it"
    private static let firstIsOptional =
        "1:17: the first parameter must be a 'FunctionContext', not 'FunctionContext?'; "
        + "insert '_ context: FunctionContext' before it"
    private static let secondCatchAll =
        "2:19: another parameter receives all arguments already; remove 'b' "
        + "or give it another type than 'Arguments'"
    private static let secondCatchAllAfterAnother =
        "2:27: another parameter receives all arguments already; remove 'b' "
        + "or give it another type than 'Arguments'"

    @Test(arguments: [
        (
            "@Exposed var x = 1",
            "1:1: '@Exposed' is for functions; remove it, or put it on a 'func' at the top level of the file"
        ),
        (
            "@Exposed struct S {}",
            "1:1: '@Exposed' is for functions; remove it, or put it on a 'func' at the top level of the file"
        ),
        (
            "class C { @Exposed init() {} }",
            "1:11: '@Exposed' is for functions; remove it, or put it on a 'func' at the top level of the file"
        ),
        (
            "struct S { @Exposed func f(_ c: FunctionContext) {} }",
            "1:12: a member of a type cannot be exposed; move 'f' out of 'S' to the top level of the file"
        ),
        (
            "enum E { @Exposed static func f(_ c: FunctionContext) {} }",
            "1:10: a member of a type cannot be exposed; move 'f' out of 'E' to the top level of the file"
        ),
        (
            "extension A.B { @Exposed func f(_ c: FunctionContext) {} }",
            "1:17: a member of a type cannot be exposed; move 'f' out of 'A.B' to the top level of the file"
        ),
        (
            "func outer() {\n    @Exposed func f(_ c: FunctionContext) {}\n}",
            "2:5: a local function cannot be exposed; move 'f' to the top level of the file"
        ),
        (
            "let x = { @Exposed func f(_ c: FunctionContext) {} }",
            "1:11: a local function cannot be exposed; move 'f' to the top level of the file"
        ),
        (
            "@Exposed\n@Exposed func f(_ c: FunctionContext) {}",
            "2:1: a function is exposed once; remove this '@Exposed'"
        ),
        (
            "@Exposed @Exposed(\"g\") func f(_ c: FunctionContext) {}",
            "1:10: a function is exposed once; remove this '@Exposed'"
        ),
    ])
    func place(_ source: String, _ expected: String) throws {
        #expect(try Expansion(source).problems == [expected])
    }

    @Test(arguments: [
        (
            "name",
            "1:10: the name must be known to the compiler; write a plain string such as '@Exposed(\"send_email\")'"
        ),
        (
            #""a\(1)""#,
            "1:10: the name must be known to the compiler; write a plain string such as '@Exposed(\"send_email\")'"
        ),
        (
            "nil",
            "1:10: the name must be known to the compiler; write a plain string such as '@Exposed(\"send_email\")'"
        ),
        ("timeout: limit", unknownTimeout),
        ("timeout: .seconds(0)", unknownTimeout),
        ("memory: .megabytes(a)", unknownMemory),
        ("memory: .megabytes(31)", lowMemory),
        ("memory: .megabytes(0)", lowMemory),
        ("memory: .gigabytes(1_025)", unknownMemory),
        ("\"\"", "1:10: the name is empty; write '@Exposed' to use the function's own name"),
        (
            "\"a.b\"",
            "1:10: '.' in 'a.b' cannot stand in a function's name; use letters, digits, '_' and '-'"
        ),
        (
            "\"/a\"",
            "1:10: '/' in '/a' cannot stand in a function's name; use letters, digits, '_' and '-'"
        ),
        (
            "\"a b\"",
            "1:10: a space in 'a b' cannot stand in a function's name; use letters, digits, '_' and '-'"
        ),
    ])
    func givenName(_ name: String, _ expected: String) throws {
        #expect(try Expansion("@Exposed(\(name)) func f(_ c: FunctionContext) {}").problems == [expected])
    }

    @Test(arguments: ["a", "A_b-9", "größe", "1"])
    func usableName(_ name: String) throws {
        #expect(try Expansion("@Exposed(\"\(name)\") func f(_ c: FunctionContext) {}").problems.isEmpty)
    }

    @Test(arguments: [
        (
            "func `a b`(_ c: FunctionContext) {}",
            "2:6: a space in 'a b' cannot stand in a function's name; give it another with '@Exposed(\"…\")'"
        ),
        (
            "func + (_ c: FunctionContext, x: Int) {}",
            "2:6: the operator '+' cannot be exposed; put its code into a 'func' with a name"
        ),
        (
            "func f<T>(_ c: FunctionContext) {}",
            "2:7: a generic function cannot be exposed, callers do not send types; write the types out"
        ),
        (
            "func f(_ c: FunctionContext) where Int: Sendable {}",
            "2:30: a function with a 'where' clause cannot be exposed; write the types out and remove the clause"
        ),
        (
            "func f(_ c: FunctionContext) rethrows {}",
            "2:30: a function with 'rethrows' cannot be exposed; write 'throws' or nothing"
        ),
        (
            "func f(_ c: FunctionContext) reasync {}",
            "2:30: a function with 'reasync' cannot be exposed; write 'async' or nothing"
        ),
        (
            "func f(_ c: FunctionContext) -> (Int, Int) { (1, 1) }",
            "2:33: a tuple cannot be encoded; use a struct, an 'Encodable' type"
        ),
        (
            "func f(_ c: FunctionContext) -> [() -> Int] { [] }",
            "2:34: a function cannot be encoded; use an 'Encodable' type"
        ),
        (
            "func f(_ c: FunctionContext) -> [String: Any] { [:] }",
            "2:42: 'Any' cannot be encoded; write one 'Encodable' type, or 'JSONValue' for any JSON"
        ),
        (
            "func f(_ c: FunctionContext) -> any Any { 1 }",
            "2:33: 'any' types are encoded only as the whole result; return 'any Encodable', one type, or 'JSONValue'"
        ),
        (
            "func f(_ c: FunctionContext) -> [any Encodable] { [] }",
            "2:34: 'any' types are encoded only as the whole result; return 'any Encodable', one type, or 'JSONValue'"
        ),
    ])
    func declaration(_ function: String, _ expected: String) throws {
        #expect(try Expansion("@Exposed\n\(function)").problems == [expected])
    }

    @Test(arguments: [
        ("", "1:16: an exposed function takes the context first; insert '_ context: FunctionContext'"),
        ("name: String", firstIsString),
        ("_ c: FunctionContext?", firstIsOptional),
        (
            "x: Int, _ c: FunctionContext",
            "1:17: the 'FunctionContext' must be the first parameter; move it to the front"
        ),
        ("_ c: inout FunctionContext", "1:22: a parameter of an exposed function cannot be 'inout'; remove that word"),
    ])
    func context(_ parameters: String, _ expected: String) throws {
        #expect(try Expansion("@Exposed func f(\(parameters)) {}").problems == [expected])
    }

    @Test(arguments: [
        ("x: inout Int", "2:5: a parameter of an exposed function cannot be 'inout'; remove that word"),
        ("x: borrowing Int", "2:5: a parameter of an exposed function cannot be 'borrowing'; remove that word"),
        ("x: consuming Int", "2:5: a parameter of an exposed function cannot be 'consuming'; remove that word"),
        ("x: isolated MyActor", "2:5: a parameter of an exposed function cannot be 'isolated'; remove that word"),
        ("x: Int...", "2:5: callers cannot fill a variadic parameter; take an array, '[Int]'"),
        ("_: Int", "2:2: callers need a name for this parameter; write one, such as '_ value'"),
        (
            "x: some Decodable",
            "2:5: callers do not send types, so that a 'some' type cannot be decoded; write the type out"
        ),
        (
            "x: any Decodable",
            "2:5: an 'any' type does not say what to decode; write one 'Decodable' type, or 'JSONValue' for any JSON"
        ),
        ("x: [Any]", "2:6: 'Any' cannot be decoded; write one 'Decodable' type, or 'JSONValue' for any JSON"),
        ("x: (Int, Int)", "2:5: a tuple cannot be decoded; use a struct, a 'Decodable' type"),
        ("x: Set<(Int) -> Int>?", "2:9: a function cannot be decoded; use a 'Decodable' type"),
        ("x: @escaping () -> Void", "2:15: a function cannot be decoded; use a 'Decodable' type"),
        ("x: Int.Type", "2:5: a metatype cannot be decoded; use a 'Decodable' type"),
        ("x: A & B", "2:5: a composition of protocols cannot be decoded; write one 'Decodable' type"),
        ("x: ~Copyable", "2:5: a type that is not copyable or not escapable cannot be decoded; use a 'Decodable' type"),
        (
            "x: repeat each T",
            "2:5: callers do not send types, so that a parameter pack cannot be decoded; write the types out"
        ),
        ("d: FunctionContext", "2:5: only the first parameter is given the 'FunctionContext'; remove 'd'"),
        (
            "x: Int, x y: Int", "2:10: callers know another parameter as 'x' already; give this one another label"
        ),
        (
            "_ x: Int, x y: Int",
            "2:12: callers know another parameter as 'x' already; give this one another label"
        ),
        ("a: Arguments, b: CloudFunctions.Arguments", secondCatchAll),
        ("a: Arguments, x: Int, b: Arguments", secondCatchAllAfterAnother),
    ])
    func parameter(_ parameters: String, _ expected: String) throws {
        #expect(try Expansion("@Exposed func f(_ c: FunctionContext,\n \(parameters)) {}").problems == [expected])
    }

    @Test func everyProblemIsReported() throws {
        let expansion = try Expansion(
            "@Exposed(\"\") func f<T>(_ c: FunctionContext, x: inout Int, y: Any) -> Any { 1 }")
        #expect(expansion.problems.map { $0.prefix { $0 != " " } } == ["1:10:", "1:20:", "1:71:", "1:49:", "1:63:"])
        #expect(expansion.records.isEmpty)
    }

    @Test(arguments: [
        ("@Exposed func f() {}", "@Exposed func f(_ context: FunctionContext) {}"),
        ("@Exposed func f(x: Int) {}", "@Exposed func f(_ context: FunctionContext, x: Int) {}"),
        ("@Exposed func f(_ c: FunctionContext, x: inout Int) {}", "@Exposed func f(_ c: FunctionContext, x: Int) {}"),
        ("@Exposed func f(_ c: FunctionContext, x: Int ...) {}", "@Exposed func f(_ c: FunctionContext, x: [Int]) {}"),
        ("@Exposed func f(_ c: FunctionContext) rethrows {}", "@Exposed func f(_ c: FunctionContext) throws {}"),
        ("@Exposed @Exposed func f(_ c: FunctionContext) {}", "@Exposed  func f(_ c: FunctionContext) {}"),
        ("@Exposed struct S {}", " struct S {}"),
    ])
    func fixIt(_ source: String, _ expected: String) throws {
        #expect(try Expansion(source).fixed == expected)
    }
}

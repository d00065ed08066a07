import Failures
import FunctionContracts
import TestSupport
import Testing

@Suite(.supervised)
struct FunctionNameTests {
    @Test(arguments: [
        ("functions.example.greet", ["functions.example.greet", "example.greet"]),
        ("functions.functions.greet", ["functions.functions.greet", "functions.greet", "greet"]),
        ("functions.a.b.c", ["functions.a.b.c", "a.b.c"]), ("a.functions.b", ["a.functions.b"]),
        (
            "functions.functions.functions.greet",
            ["functions.functions.functions.greet", "functions.functions.greet", "functions.greet"]
        ),
    ])
    func aPathMayBeCalledByShortNames(path: String, names: [String]) {
        #expect(FunctionName.names(ofPath: path) == names)
    }

    @Test(arguments: [
        ("greet", "functions.greet"), ("", "functions."), ("example.", "example."), ("a.b", "a.b"), ("é.日", "é.日"),
    ])
    func isShownWithItsModule(text: String, displayed: String) throws {
        #expect(try FunctionName(text).displayed == displayed)
    }

    @Test(arguments: [
        ".", ".example.greet", "example..greet", "../example.greet", " example.greet", "a.b c", "a/b", "a\\b", "a.\tb",
        "a.\rb", "é.\u{A0}b",
    ])
    func refusesWhatIsNoName(text: String) {
        let error = #expect(throws: Failure.self) { try FunctionName(text) }
        #expect(error?.code == .invalidName)
    }
}

import Ingress
import InvocationProtocol
import Testing

struct FunctionNameTests {
    @Test(arguments: [
        ("functions.example.greet", ["functions.example.greet", "functions.functions.example.greet"]),
        ("example.greet", ["functions.example.greet"]),
        ("greet", ["functions.functions.greet"]),
        ("a.b.c", ["functions.a.b.c"]),
    ])
    func standsForPaths(text: String, candidates: [String]) throws {
        #expect(try FunctionName(text).candidates == candidates)
    }

    @Test(arguments: [("greet", "functions.greet"), ("", "functions."), ("example.", "example."), ("a.b", "a.b")])
    func isShownWithItsModule(text: String, displayed: String) throws {
        #expect(try FunctionName(text).displayed == displayed)
    }

    @Test(arguments: [
        ".", ".example.greet", "example..greet", "../example.greet", " example.greet", "a.b c", "a/b", "a\\b", "a.\tb",
    ])
    func refusesWhatIsNoName(text: String) {
        let error = #expect(throws: InvocationFailure.self) { try FunctionName(text) }
        #expect(error?.code == .invalidName)
    }
}

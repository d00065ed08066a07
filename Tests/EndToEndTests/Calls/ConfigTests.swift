import CloudFunctions
import TestSupport
import Testing

/// Tests that errors about the configuration do not contain its values, which may be secrets.
@Suite(.supervised)
struct ConfigTests {
    private enum Kind: String, Decodable {
        case plain
    }

    private struct Account: Decodable {
        var pin: String
        var kinds: [Kind]
    }

    private let config = Config(values: [
        "account": ["pin": 55_512_345_678, "kinds": ["hunter2"]], "text": "hunter2", "list": ["hunter2"],
    ])

    private func problem(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test func theKindsAreNamedAndNoValue() {
        let problems = [
            problem { _ = try config.value("account.pin", as: String.self) },
            problem { _ = try config.value("text", as: Int.self) },
            problem { _ = try config.value("text", as: Kind.self) },
            problem { _ = try config.value("list", as: [Kind].self) },
            problem { _ = try config.value("list", as: [Int].self) },
            problem { _ = try config.value("account", as: Account.self) },
            problem { _ = try config.value("text", default: 1.5) },
        ]
        for problem in problems {
            #expect(!problem.contains("hunter2") && !problem.contains("555"), "\(problem)")
            #expect(problem.contains(", found "), "\(problem)")
        }
        #expect(problems[0].contains("expected text (String), found an integer"))
        #expect(problems[4].contains("'list[0]'") && problems[4].contains("found text"), "\(problems[4])")
        #expect(problem { _ = try config.value("nothing", as: Int.self) }.contains("is missing"))
    }
}

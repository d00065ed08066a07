import TestSupport
import Testing

@testable import Ingress

@Suite(.supervised)
struct ObjectPathTests {
    @Test(arguments: [
        ("", []), ("a", ["a"]), ("a/", ["a"]), ("assets/pump7/", ["assets", "pump7"]), ("...", ["..."]), (".a", [".a"]),
        ("a b/é", ["a b", "é"]), (String(repeating: "x", count: 255), [String(repeating: "x", count: 255)]),
    ])
    func readsFolders(text: String, folders: [String]) throws {
        let path = try #require(ObjectPath(text))
        #expect(path.folders == folders)
        #expect(path.text == folders.map { "\($0)/" }.joined())
    }

    @Test(arguments: [
        "/", "/a", "a//b", "a//", ".", "..", "a/..", "../a", "a/./b", "a\\b", "a\0", "a\u{1F}", "a\u{7F}",
        String(repeating: "x", count: 256), String(repeating: "é", count: 128),
        "../\u{301}x/", "a/\u{301}/..", "..\u{2F}\u{20DD}", "a/../\u{301}",
    ])
    func refusesWhatMayLeadOutOfTheStorage(text: String) {
        #expect(ObjectPath(text) == nil)
    }
}

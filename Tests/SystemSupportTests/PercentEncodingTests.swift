import SystemSupport
import TestSupport
import Testing

@Suite(.supervised)
struct PercentEncodingTests {
    @Test(arguments: [
        ("a-Z_0.9~", "a-Z_0.9~"), ("a b/c?d=e&f", "a%20b%2Fc%3Fd%3De%26f"), ("ü\u{0}", "%C3%BC%00"), ("", ""),
        ("100%", "100%25"),
    ])
    func encodesWhatIsNotUnreserved(text: String, encoded: String) {
        #expect(PercentEncoding.encode(text) == encoded)
        #expect(PercentEncoding.decode(encoded.utf8) == text)
    }

    @Test func decodesPairsAndLeavesTheRest() {
        #expect(PercentEncoding.decode("%4a%4A%zz%4".utf8) == "JJ%zz%4")
        #expect(PercentEncoding.decode("a+b%2B".utf8) == "a+b+")
        #expect(PercentEncoding.decode("a+b%2B".utf8, plusIsSpace: true) == "a b+")
    }
}

import TestSupport
import Testing

@testable import Workspace

@Suite(.supervised)
struct TerminalLogHandlerTests {
    @Test(arguments: [
        ("plain – text", "plain – text"), ("a\nb", "a\\nb"), ("a\r\n", "a\\r\\n"), ("\u{1B}[2J", "\\u{1B}[2J"),
        ("\u{9B}2J", "\\u{009B}2J"), ("a\tb", "a\\tb"), ("a\u{2028}b", "a\\u{2028}b"), ("\u{7F}", "\\u{7F}"),
        ("", ""),
        ("é\u{301}", "é\u{301}"),
    ])
    func controlCharactersAreEscaped(text: String, shown: String) {
        let escaped = TerminalLogHandler.escaped(text)
        #expect(escaped.uppercased() == shown.uppercased())
        #expect(!escaped.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
    }
}

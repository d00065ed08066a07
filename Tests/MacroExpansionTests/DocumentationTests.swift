import FoundationEssentials
import TestSupport
import Testing

@Suite(.supervised) struct DocumentationTests {
    private struct Metadata: Decodable {
        struct Parameter: Decodable {
            var name: String
            var documentation: String?
        }

        var documentation: String?
        var parameters: [Parameter]
    }

    private static let listed =
        "/// - Parameters:\n///   - x: an x\n///     and\n///   - second: a y\n"
        + "/// - Returns: z\n///   more\n/// - Throws: w"
    private static let nested =
        "/// - Parameters:\n///   - x: one of\n///     - a: this\n"
        + "///     - b: that\n///   - y: a y\n///\n/// Text."

    @Test(
        arguments: [
            ("", nil, nil, nil),
            ("// ordinary", nil, nil, nil),
            ("/// One line.", "One line.", nil, nil),
            ("/// One\n/// two.\n///\n///\n/// Three.\n///", "One\ntwo.\n\nThree.", nil, nil),
            ("///   Indented\n///     code", "  Indented\n    code", nil, nil),
            ("/// Old.\n\n/// New.", "New.", nil, nil),
            ("/// Old.\n// ordinary\n/// New.", "New.", nil, nil),
            ("/// Text.\n/// - Parameter x: an x", "Text.", "an x", nil),
            (
                "/// - Parameter x: an x\n///   of two lines\n/// and a third\n///\n/// Text.", "Text.",
                "an x\nof two lines\nand a third", nil
            ),
            ("/// - parameter x: an x\n/// * Parameter `second`: a y", nil, "an x", "a y"),
            (listed, nil, "an x\nand", "a y"),
            (nested, "Text.", "one of\n- a: this\n- b: that", "a y"),
            (
                "/// Text.\n/// - Note: kept\n/// - item\n/// - Returns: gone\n/// - Note: kept too",
                "Text.\n- Note: kept\n- item\n- Note: kept too", nil, nil
            ),
            (
                "/// ```\n/// - Parameter x: code\n/// ```\n/// - Parameter x: an x", "```\n- Parameter x: code\n```",
                "an x", nil
            ),
            ("/// - Parameter x:", nil, nil, nil),
            ("/// - Parameter nobody: gone", nil, nil, nil),
            ("/** One line. */", "One line.", nil, nil),
            ("/**\n * Stars.\n *\n * - Parameter x: an x\n */", "Stars.", "an x", nil),
            ("/**\n  None.\n\n    code\n  - Parameter x: an x\n*/", "None.\n\n  code", "an x", nil),
            ("/// Windows.\r\n/// - Parameter x: an x\r\n/// - Returns: z", "Windows.", "an x", nil),
        ] as [(String, String?, String?, String?)])
    func commentIsTakenApart(_ comment: String, _ text: String?, _ x: String?, _ y: String?) throws {
        let metadata = try metadata("\(comment)\n@Exposed func f(_ c: FunctionContext, x: Int, y second: Int) {}")
        #expect(metadata.documentation == text)
        #expect(metadata.parameters.map(\.documentation) == [x, y])
    }

    @Test func commentMayStandAfterTheAttribute() throws {
        #expect(try metadata("@Exposed\n/// Text.\nfunc f(_ c: FunctionContext) {}").documentation == "Text.")
        #expect(try metadata("@Exposed\n/// Text.\nprivate func f(_ c: FunctionContext) {}").documentation == "Text.")
    }

    private func metadata(_ source: String) throws -> Metadata {
        try JSONDecoder().decode(Metadata.self, from: Data(try ParsedRecord(source).metadata.utf8))
    }
}

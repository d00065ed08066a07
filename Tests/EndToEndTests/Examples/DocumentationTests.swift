import Foundation
import TestSupport
import Testing
import Values

/// Tests that the examples in the documents for function authors compile.
@Suite(.supervised, .tags(.large))
struct DocumentationTests {
    @Test(arguments: Document.all)
    func theExamplesCompile(document: Document) throws {
        let examples = try document.examples
        #expect(!examples.isEmpty)
        let files = examples.enumerated().map { ("functions/example\($0).swift", $1) }
        let workspace = try RunningWorkspace(Dictionary(uniqueKeysWithValues: files))
        let health = try workspace.waitUntilBuilt()
        #expect(health["status"] == "ok", "\(workspace.console)")
    }
}

/// A document with Swift examples in it.
struct Document: CustomTestStringConvertible, Sendable {
    let path: String

    var testDescription: String { path }

    /// The README and the articles for function authors.
    static var all: [Document] {
        let articles = "Sources/CloudFunctions/CloudFunctions.docc"
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: inPackage(articles))) ?? []
        let documents = names.filter { $0.hasSuffix(".md") }.sorted().map { "\(articles)/\($0)" }
        return (["README.md", "docs/functions.md"] + documents).map(Document.init)
    }

    /// The Swift files in the document: the code blocks that import the module.
    var examples: [String] {
        get throws {
            let text = try String(contentsOfFile: inPackage(path), encoding: .utf8)
            let blocks = text.split(separator: "```swift\n").dropFirst().map { $0.split(separator: "```")[0] }
            return blocks.filter { $0.contains("import CloudFunctions") }.map(String.init)
        }
    }
}

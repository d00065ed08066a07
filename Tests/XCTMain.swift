import Foundation
import Testing

/// The executable of the tests. SwiftPM would otherwise generate it by looking for tests of XCTest, for which it
/// needs an index of the sources that costs a tenth of every build.
@main
struct TestRunner {
    static func main() async {
        // A plain `swift test` asks for tests of XCTest first.
        if CommandLine.arguments.contains("--dump-tests-json") {
            print(#"{"name":"All tests","tests":[{"name":"XCTest","tests":[]}]}"#)
        }
        guard CommandLine.arguments.contains("swift-testing") else { exit(0) }
        await Testing.__swiftPMEntryPoint() as Never
    }
}

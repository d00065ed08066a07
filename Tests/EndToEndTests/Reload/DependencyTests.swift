import Foundation
import TestSupport
import Testing
import Values

/// Tests of packages and system libraries that functions use, declared in a copy of this package as a user would.
@Suite(.supervised, .tags(.large))
struct DependencyTests {
    private static let first = """
        import CloudFunctions
        import CSystemYAML
        import Logging
        import OrderedCollections

        @Exposed func uses(_ context: FunctionContext, words: [String] = ["b", "a", "b"]) -> [String] {
            Array(OrderedSet(words)) + ["1"]
        }
        @Exposed func sharesTypes(_ context: FunctionContext) -> Bool {
            // The SDK says at run time of what type it is.
            Mirror(reflecting: context).descendant("logger") is Logging.Logger
        }
        @Exposed func callsC(_ context: FunctionContext) -> String {
            yaml_get_version_string().map { String(cString: $0) } ?? "none"
        }

        """

    @Test(.slow) func productsAndSystemLibrariesWorkAndReload() async throws {
        let workspace = try DependencyPackage(functions: Self.first).run()
        let health = try await onOwnThread {
            try poll("the package and the functions are built", patienceTimes: 3) {
                let health = try workspace.get("/_/health").json
                return health["status"] == "building" ? .none : .some(health)
            }
        }
        try #require(health["status"] == "ok", "\(workspace.console)")
        #expect(try workspace.call("a.uses").json == ["b", "a", "1"])
        #expect(try workspace.call("a.sharesTypes").json == true)
        #expect(try workspace.call("a.callsC").json.string?.hasPrefix("0.") == true)
        try workspace.save("functions/a.swift", Self.first.replacing("[\"1\"]", with: "[\"2\"]"))
        #expect(try workspace.call("a.uses").json == ["b", "a", "2"])

        // Another package is added while the emulator runs.
        let manifest = try #require(workspace.read("Package.swift"))
        try workspace.save("Package.swift", DependencyPackage.addingAlgorithms(to: manifest))
        try workspace.save(
            "functions/b.swift",
            """
            import Algorithms
            import CloudFunctions
            @Exposed func pairs(_ context: FunctionContext) -> Int { [1, 2, 3].combinations(ofCount: 2).count { _ in true } }

            """)
        let answer = try await onOwnThread { try workspace.call("b.pairs") }
        #expect(answer.json == 3, "\(answer.body)")
        #expect(workspace.console.components(separatedBy: "Worker and packages are built").count == 3)
        #expect(try workspace.call("a.uses").json == ["b", "a", "2"])
    }
}

/// A copy of this package whose functions have dependencies.
private struct DependencyPackage {
    private let scratch: ScratchWorkspace

    init(functions: String) throws {
        let manifest = try String(contentsOfFile: inPackage("Package.swift"), encoding: .utf8)
        scratch = try ScratchWorkspace([
            "Package.swift": manifest.replacing(
                "    \"CloudFunctions\"\n]",
                with: """
                        "CloudFunctions", .product(name: "OrderedCollections", package: "swift-collections"), "CSystemYAML",
                        .product(name: "Logging", package: "swift-log"),
                    ]
                    """
            ).replacing(
                "let functionTargets: [Target] = []",
                with: #"let functionTargets: [Target] = [.systemLibrary(name: "CSystemYAML", pkgConfig: "yaml-0.1")]"#),
            "Sources/CSystemYAML/module.modulemap": """
            module CSystemYAML [system] {
                header "/usr/include/yaml.h"
                link "yaml"
                export *
            }

            """,
            "functions/a.swift": functions,
        ])
        for name in ["Sources", "Tests", "Benchmarks"] {
            for entry in try FileManager.default.contentsOfDirectory(atPath: inPackage(name)) {
                let copy = "\(scratch.folder)/\(name)/\(entry)"
                try FileManager.default.createDirectory(
                    atPath: "\(scratch.folder)/\(name)", withIntermediateDirectories: true)
                try FileManager.default.copyItem(atPath: inPackage("\(name)/\(entry)"), toPath: copy)
            }
        }
        // The package versions that are tested, and the emulator in the place where a package has its own.
        if FileManager.default.fileExists(atPath: inPackage("Package.resolved")) {
            try FileManager.default.copyItem(
                atPath: inPackage("Package.resolved"), toPath: "\(scratch.folder)/Package.resolved")
        }
        try FileManager.default.createDirectory(
            atPath: "\(scratch.folder)/.build/debug", withIntermediateDirectories: true)
        try RunningWorkspace.copyExecutable(to: executable)
    }

    private var executable: String { "\(scratch.folder)/.build/debug/workspace" }

    func run() throws -> RunningWorkspace {
        try RunningWorkspace(on: scratch, flags: ["--build-wait-ms", "900000"], executable: executable)
    }

    static func addingAlgorithms(to manifest: String) -> String {
        manifest.replacing(
            "let functionPackages: [Package.Dependency] = []",
            with: """
                let functionPackages: [Package.Dependency] = [
                    .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.0")
                ]
                """
        ).replacing(
            "\"CSystemYAML\",\n",
            with: "\"CSystemYAML\", .product(name: \"Algorithms\", package: \"swift-algorithms\"),\n")
    }
}

// swift-tools-version: 6.3

import CompilerPluginSupport
import Foundation
import PackageDescription

// MARK: - Packages for your functions

/// Packages that the functions use: add a `.package` line here and its product to `functionDependencies`.
let functionPackages: [Package.Dependency] = []

/// The modules that the functions may import, `CloudFunctions` first.
let functionDependencies: [Target.Dependency] = [
    "CloudFunctions"
]

/// Targets of your own that the functions use, such as a `.systemLibrary`; name them in `functionDependencies` too.
let functionTargets: [Target] = []

// MARK: - The emulator itself

let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("ImmutableWeakCaptures"),
    ] + (Context.environment["WARNINGS_AS_ERRORS"] == "1" ? [.treatAllWarnings(as: .error)] : [])

/// For targets that touch C or loaded symbols: every unsafe use is marked `unsafe`.
let strictMemory = settings + [.strictMemorySafety()]

/// For what a call passes through in a worker: optimised even in a debug build, which is how workers are built (see
/// CONTRIBUTING.md). It makes these targets slow to build, so what is seldom used goes without.
/// Several threads make an object a file of the whole module, which is what a debug build links.
let optimised: [SwiftSetting] = [
    .unsafeFlags(["-O", "-wmo", "-num-threads", "2", "-disable-batch-mode"], .when(configuration: .debug))
]

// MARK: - The library that the macros are written with

/// SwiftSyntax: the toolchain's own, which the compiler brings along, or the package where there is none. To build the
/// package costs as much as everything else that a worker is made of.
struct SwiftSyntaxLibrary {
    /// The folder of the toolchain's libraries; nil to build the package. SWIFT_SYNTAX=package asks for that.
    let folder = Context.environment["SWIFT_SYNTAX"] == "package" ? nil : Self.foundFolder

    private static let common = ["SwiftDiagnostics", "SwiftParser", "SwiftSyntax", "SwiftSyntaxMacros"]
    /// The part of a macro's executable that the compiler talks to.
    private static let messageHandling = "SwiftCompilerPluginMessageHandling"

    /// The folder beside the library that this manifest is linked with, which is the toolchain's whatever the path to
    /// `swift` leads over.
    private static var foundFolder: String? {
        // Foundation reads no more than the first 4 KB of such a file.
        guard let maps = fopen("/proc/self/maps", "r") else { return nil }
        var line: UnsafeMutablePointer<CChar>?, capacity = 0
        defer {
            free(line)
            fclose(maps)
        }
        while getline(&line, &capacity, maps) > 0 {
            guard let text = line.map({ String(cString: $0) }), let start = text.firstIndex(of: "/"),
                let end = text.range(of: "/pm/ManifestAPI/libPackageDescription.so", options: .backwards)
            else { continue }
            let folder = text[start..<end.lowerBound] + "/host"
            let module = "\(folder)/SwiftCompilerPluginMessageHandling.swiftmodule"
            return FileManager.default.fileExists(atPath: module) ? String(folder) : nil
        }
        return nil
    }

    var packages: [Package.Dependency] {
        folder == nil ? [.package(url: "https://github.com/swiftlang/swift-syntax", exact: "603.0.1")] : []
    }

    var products: [Target.Dependency] {
        let names = Self.common + ["SwiftSyntaxMacroExpansion", "_\(Self.messageHandling)"]
        return folder == nil ? names.map { .product(name: $0, package: "swift-syntax") } : []
    }

    var settings: [SwiftSetting] { folder.map { [.unsafeFlags(["-I", $0])] } ?? [] }

    /// For whatever is linked with the macros' expansion.
    var linking: [LinkerSetting] {
        guard let folder else { return [] }
        let names =
            Self.common + ["SwiftBasicFormat", "SwiftSyntaxBuilder", "SwiftSyntaxMacroExpansion", Self.messageHandling]
        let libraries = names.map { "-l\($0)" }
        return [.unsafeFlags(["-L", folder, "-Xlinker", "-rpath=\(folder)"] + libraries)]
    }
}

let swiftSyntax = SwiftSyntaxLibrary()

// MARK: - The libraries

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let coreMetrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let dequeModule: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")

// MARK: - The targets

/// The targets that the functions and their workers are made of.
let workerTargets: [Target] = [
    .target(name: "Values", swiftSettings: strictMemory + optimised),
    .target(name: "Documents", dependencies: ["Values"], swiftSettings: strictMemory + optimised),
    .target(name: "JSONSchemas", dependencies: ["Values"], swiftSettings: strictMemory),
    .target(
        name: "CloudFunctions",
        dependencies: ["CloudFunctionsMacros", "Documents", "JSONSchemas", "SystemSupport", "Values", logging],
        swiftSettings: strictMemory + optimised),
    .macro(
        name: "CloudFunctionsMacros",
        dependencies: ["MacroExpansion"] + swiftSyntax.products, swiftSettings: settings + swiftSyntax.settings,
        linkerSettings: swiftSyntax.linking),
    .target(
        name: "MacroExpansion", dependencies: swiftSyntax.products,
        swiftSettings: settings + swiftSyntax.settings),
    .systemLibrary(
        name: "CMongoC", pkgConfig: "libmongoc-1.0", providers: [.apt(["libmongoc-dev", "libbson-dev"])]),
    .target(
        name: "MongoClient",
        dependencies: ["CMongoC", "Documents", logging],
        swiftSettings: strictMemory + optimised),
    .target(name: "RunningProcesses", swiftSettings: strictMemory),
    .target(name: "SystemSupport", swiftSettings: strictMemory + optimised),
    .target(name: "Failures", dependencies: ["Values"], swiftSettings: strictMemory),
    .target(name: "FunctionContracts", dependencies: ["Failures", "Values"], swiftSettings: strictMemory),
    .target(
        name: "WorkerProtocol", dependencies: ["Failures", "SystemSupport", "Values"],
        swiftSettings: strictMemory + optimised),
    .target(name: "APITransport", swiftSettings: strictMemory),
    .systemLibrary(name: "CStack"),
    .executableTarget(
        name: "FunctionWorker",
        dependencies: [
            "CStack", "CloudFunctions", "Documents", "Failures", "FunctionContracts", "JSONSchemas", "MongoClient",
            "RunningProcesses", "SystemSupport", "Values", "WorkerProtocol", logging,
        ],
        swiftSettings: strictMemory + optimised,
        // The plugin's undefined symbols are the worker's.
        linkerSettings: [.unsafeFlags(["-Xlinker", "--export-dynamic"])]),
    .target(name: "FunctionDependencies", dependencies: functionDependencies),
]

/// The targets that the emulator is made of in addition.
let emulatorTargets: [Target] = [
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CSpawn"),
    .target(name: "ContextValues", dependencies: ["CYAML", "Failures", "Values"], swiftSettings: strictMemory),
    .target(name: "FileWatching", dependencies: ["Failures", "SystemSupport"], swiftSettings: strictMemory),
    .target(
        name: "FunctionBuild",
        dependencies: ["Failures", "RunningProcesses", "SystemSupport", logging, subprocess],
        swiftSettings: strictMemory),
    .target(
        name: "StoreData", dependencies: ["Documents", "Failures", "MongoClient", "SystemSupport", "Values"],
        swiftSettings: strictMemory),
    .target(
        name: "StoreServer",
        dependencies: [
            "Documents", "Failures", "FunctionBuild", "MongoClient", "RunningProcesses", "SystemSupport", "Values",
            "WorkerProtocol", logging, subprocess,
        ], swiftSettings: strictMemory),
    .target(
        name: "Invocations",
        dependencies: [
            "Failures", "FunctionContracts", "WorkerProtocol", nioCore, nioPosix,
        ], swiftSettings: strictMemory),
    .target(
        name: "WorkerPool",
        dependencies: [
            "CSpawn", "Failures", "FunctionContracts", "Invocations", "RunningProcesses", "Values",
            "WorkerProtocol", dequeModule, logging, nioCore, nioPosix,
        ], swiftSettings: strictMemory),
    .target(
        name: "Engine",
        dependencies: [
            "Failures", "FunctionContracts", "Invocations", "Values", "WorkerPool", "WorkerProtocol", logging,
            nioCore,
        ], swiftSettings: strictMemory),
    .target(
        name: "Surfaces",
        dependencies: [
            "Engine", "Failures", "Invocations", "SystemSupport", "Values", "WorkerProtocol", nioCore, nioHTTP1,

        ], swiftSettings: strictMemory),
    .target(
        name: "Ingress",
        dependencies: [
            "CCrypto", "Engine", "Failures", "FunctionContracts", "Invocations", "Surfaces", "SystemSupport",
            "Values", "WorkerProtocol", dequeModule, nioCore, nioHTTP1, nioPosix,
        ], swiftSettings: strictMemory),
    .target(
        name: "Console",
        dependencies: [
            "Engine", "Failures", "FunctionContracts", "Invocations", "PrometheusMetrics", "Surfaces", "Values",
            "WorkerPool", "WorkerProtocol", coreMetrics, nioCore, nioHTTP1,
        ], resources: [.embedInCode("Assets")], swiftSettings: strictMemory),
    .target(
        name: "PrometheusMetrics", dependencies: [coreMetrics],
        swiftSettings: strictMemory),
    .target(
        name: "Workspace",
        dependencies: [
            "Console", "ContextValues", "Documents", "Engine", "Failures", "FileWatching", "FunctionBuild",
            "FunctionContracts", "Ingress", "Invocations", "MongoClient", "RunningProcesses", "StoreData",
            "StoreServer", "Surfaces",
            "SystemSupport", "Values", "WorkerPool", "WorkerProtocol", logging, nioCore, nioPosix, subprocess,
        ], swiftSettings: strictMemory),
    .executableTarget(
        name: "WorkspaceCommand",
        dependencies: ["Workspace", argumentParser],
        swiftSettings: settings),
]

/// The targets that only tests and benchmarks use.
let testTargets: [Target] = [
    // The counterpart in `make bench`, built only for it
    .target(name: "StoreBaseline", dependencies: ["CMongoC"], path: "Benchmarks/StoreBaseline"),
    .executableTarget(
        name: "StoreOperations", dependencies: ["Documents", "MongoClient", "StoreBaseline"],
        path: "Benchmarks/StoreOperations", swiftSettings: strictMemory),

    // Tests
    .target(
        name: "TestSupport", dependencies: ["CCrypto", "RunningProcesses", "Values"], path: "Tests/TestSupport",
        swiftSettings: settings),
    .testTarget(name: "SystemSupportTests", dependencies: ["SystemSupport", "TestSupport"], swiftSettings: settings),
    .testTarget(name: "ValuesTests", dependencies: ["Values", "TestSupport"], swiftSettings: settings),
    .testTarget(
        name: "JSONSchemasTests", dependencies: ["JSONSchemas", "Values", "TestSupport"], exclude: ["Fixtures"],
        swiftSettings: settings),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Values", "TestSupport"], swiftSettings: settings),
    .testTarget(
        name: "MongoClientTests",
        dependencies: ["Documents", "MongoClient", "Values", "TestSupport", logging],
        exclude: ["PythonDriver/run-expressions.py"], swiftSettings: settings),
    .testTarget(
        name: "MacroExpansionTests",
        dependencies: ["FunctionContracts", "MacroExpansion", "TestSupport", "Values"] + swiftSyntax.products,
        swiftSettings: settings + swiftSyntax.settings,
        linkerSettings: swiftSyntax.linking),
    .testTarget(
        name: "FailuresTests", dependencies: ["Failures", "TestSupport", "Values"], swiftSettings: settings),
    .testTarget(
        name: "FunctionContractsTests", dependencies: ["Failures", "FunctionContracts", "TestSupport"],
        swiftSettings: settings),
    .testTarget(
        name: "WorkerProtocolTests", dependencies: ["WorkerProtocol", "TestSupport", "Values"],
        swiftSettings: settings),
    .testTarget(
        name: "ContextValuesTests", dependencies: ["Failures", "ContextValues", "Values", "TestSupport"],
        exclude: ["Fixtures", "generate-pyyaml-cases.py"], swiftSettings: settings),
    .testTarget(
        name: "FileWatchingTests", dependencies: ["Failures", "FileWatching", "SystemSupport", "TestSupport"],
        swiftSettings: settings),
    .testTarget(
        name: "FunctionBuildTests",
        dependencies: ["Failures", "FunctionBuild", "RunningProcesses", "SystemSupport", "TestSupport", logging],
        swiftSettings: settings),
    .testTarget(
        name: "InvocationsTests",
        dependencies: [
            "Failures", "FunctionContracts", "Invocations", "TestSupport", nioCore,
        ], swiftSettings: settings),
    .testTarget(
        name: "WorkerPoolTests",
        dependencies: [
            "Failures", "FunctionContracts", "TestSupport", "Values", "WorkerPool", "WorkerProtocol", logging,
            nioCore, nioPosix,
        ], swiftSettings: settings),
    .target(
        name: "EngineTestSupport",
        dependencies: [
            "Engine", "Failures", "FunctionContracts", "Ingress", "Invocations", "Surfaces", "TestSupport",
            "WorkerPool", "WorkerProtocol",
            logging, nioCore, nioPosix,
        ], path: "Tests/EngineTestSupport", swiftSettings: settings),
    .testTarget(
        name: "EngineTests",
        dependencies: [
            "Engine", "EngineTestSupport", "Failures", "FunctionContracts", "TestSupport", "Values",
            "WorkerProtocol", nioCore,
        ], swiftSettings: settings),
    .testTarget(
        name: "SurfacesTests",
        dependencies: ["Failures", "Surfaces", "TestSupport", "WorkerProtocol", nioHTTP1],
        swiftSettings: settings),
    .testTarget(
        name: "IngressTests",
        dependencies: [
            "Engine", "EngineTestSupport", "Failures", "FunctionContracts", "Ingress", "Invocations", "Surfaces",
            "TestSupport", "Values", "WorkerProtocol", nioCore, nioHTTP1,
        ], swiftSettings: settings),
    .testTarget(
        name: "ConsoleTests",
        dependencies: ["Console", "TestSupport", "Values", nioCore, nioEmbedded], swiftSettings: settings),
    .testTarget(
        name: "PrometheusMetricsTests",
        dependencies: ["PrometheusMetrics", "TestSupport", coreMetrics],
        swiftSettings: settings),
    .testTarget(
        name: "WorkspaceTests",
        dependencies: [
            "Failures", "Invocations", "StoreServer", "TestSupport", "Values", "WorkerProtocol", "Workspace", logging,
        ],
        swiftSettings: settings),
    .testTarget(
        name: "EndToEndTests",
        dependencies: [
            "CloudFunctions", "Documents", "Engine", "EngineTestSupport", "Failures", "FunctionContracts",
            "Invocations", "MongoClient", "RunningProcesses", "Surfaces", "TestSupport", "Values", "WorkerPool",
            logging, nioCore, nioHTTP1, nioPosix,
        ], exclude: ["Descriptions/validate-openapi.py"], swiftSettings: settings),
]

/// The functions' folder, so that editors know how to compile it.
let editorTargets: [Target] = [
    .target(name: "functions", dependencies: functionDependencies, path: "functions")
]

/// Which targets are declared, as a plain `swift build` builds all of them: `worker`, `serving` (the worker and the
/// emulator, without packages of the functions' own, which must not keep it from starting) or `testing` (all but the
/// functions, which may not compile). Without it, for editors, all are.
let scope = Context.environment["TARGETS"]
let servesAlone = scope == "serving" && !(functionPackages.isEmpty && functionTargets.isEmpty)

let targets: [Target] =
    switch scope {
    case "worker": functionTargets + workerTargets
    case "serving": workerTargets.filter { !servesAlone || $0.name != "FunctionDependencies" } + emulatorTargets
    case "testing": functionTargets + workerTargets + emulatorTargets + testTargets
    default: functionTargets + workerTargets + emulatorTargets + testTargets + editorTargets
    }

let products: [Product] = [
    .executable(name: "workspace", targets: ["WorkspaceCommand"]),
    .executable(name: "FunctionWorker", targets: ["FunctionWorker"]),
    .library(name: "APITransport", type: .dynamic, targets: ["APITransport"]),
    .library(name: "CloudFunctions", targets: ["CloudFunctions"]),
    .library(name: "FunctionDependencies", type: .dynamic, targets: ["FunctionDependencies"]),
]
let missing = scope == "worker" ? "workspace" : servesAlone ? "FunctionDependencies" : nil

let package = Package(
    name: "cloud-functions",
    products: products.filter { $0.name != missing },
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
    ] + swiftSyntax.packages + functionPackages,
    targets: targets,
    swiftLanguageModes: [.v6]
)

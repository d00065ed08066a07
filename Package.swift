// swift-tools-version: 6.3

import CompilerPluginSupport
import PackageDescription

// MARK: - Packages for your functions

/// Packages that the functions use: add a `.package` line here and its product to `functionDependencies`.
let functionPackages: [Package.Dependency] = []

/// What the functions may import, `CloudFunctions` first.
let functionDependencies: [Target.Dependency] = [
    "CloudFunctions"
]

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

/// For what runs inside a worker: optimised even in a debug build, which is how workers are built (see CONTRIBUTING.md).
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
    name: "cloud-functions",
    products: [
        .executable(name: "workspace", targets: ["WorkspaceCommand"]),
        .executable(name: "FunctionWorker", targets: ["FunctionWorker"]),
        .executable(name: "plain-handler", targets: ["PlainHandler"]),
        .executable(name: "store-operations", targets: ["StoreOperations"]),
        .library(name: "APITransport", type: .dynamic, targets: ["APITransport"]),
        .library(name: "CloudFunctions", targets: ["CloudFunctions"]),
        .library(name: "RequestSignatures", type: .dynamic, targets: ["RequestSignatures"]),
        .library(name: "FunctionDependencies", type: .dynamic, targets: ["FunctionDependencies"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
        .package(url: "https://github.com/swiftlang/swift-syntax", exact: "603.0.1"),
    ] + functionPackages,
    targets: [
        // What the functions and their workers are made of
        .target(name: "Values", swiftSettings: strictMemory + optimised),
        .target(name: "Documents", dependencies: ["Values"], swiftSettings: strictMemory + optimised),
        .target(name: "JSONSchemas", dependencies: ["Values"], swiftSettings: strictMemory + optimised),
        .target(
            name: "CloudFunctions",
            dependencies: [
                "CloudFunctionsMacros", "Documents", "JSONSchemas", "Values",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strictMemory + optimised),
        .macro(
            name: "CloudFunctionsMacros",
            dependencies: [
                .product(name: "SwiftCompilerPlugin", package: "swift-syntax"),
                .product(name: "SwiftDiagnostics", package: "swift-syntax"),
                .product(name: "SwiftParser", package: "swift-syntax"),
                .product(name: "SwiftSyntax", package: "swift-syntax"),
                .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
            ], swiftSettings: settings),
        .systemLibrary(
            name: "CMongoC", pkgConfig: "libmongoc-1.0", providers: [.apt(["libmongoc-dev", "libbson-dev"])]),
        .target(
            name: "MongoClient",
            dependencies: ["CMongoC", "Documents", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strictMemory + optimised),
        .target(name: "RunningProcesses", swiftSettings: strictMemory + optimised),
        .target(name: "InvocationProtocol", dependencies: ["Values"], swiftSettings: strictMemory + optimised),
        .target(name: "APITransport", swiftSettings: strictMemory),
        .systemLibrary(name: "CStack"),
        .executableTarget(
            name: "FunctionWorker",
            dependencies: [
                "CStack", "CloudFunctions", "Documents", "InvocationProtocol", "JSONSchemas", "MongoClient",
                "RunningProcesses", "Values",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strictMemory + optimised,
            // The plugin's undefined symbols are the worker's.
            linkerSettings: [.unsafeFlags(["-Xlinker", "--export-dynamic"])]),
        .target(name: "functions", dependencies: functionDependencies, path: "functions"),
        .target(name: "FunctionDependencies", dependencies: functionDependencies),

        // What the emulator is made of
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CSpawn"),
        .target(name: "ContextValues", dependencies: ["CYAML", "Values"], swiftSettings: strictMemory),
        .target(name: "FileWatching", swiftSettings: strictMemory),
        .target(
            name: "RequestSignatures", dependencies: [.product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strictMemory),
        .target(
            name: "FunctionBuild",
            dependencies: [
                "RunningProcesses", .product(name: "Logging", package: "swift-log"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ], swiftSettings: strictMemory),
        .target(
            name: "Ingress",
            dependencies: [
                "CSpawn", "InvocationProtocol", "PrometheusMetrics", "RunningProcesses", "Values",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], resources: [.embedInCode("Console/Assets")], swiftSettings: strictMemory),
        .target(
            name: "PrometheusMetrics", dependencies: [.product(name: "CoreMetrics", package: "swift-metrics")],
            swiftSettings: strictMemory),
        .target(
            name: "Workspace",
            dependencies: [
                "ContextValues", "Documents", "FileWatching", "FunctionBuild", "Ingress", "InvocationProtocol",
                "MongoClient", "Values",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ], swiftSettings: strictMemory),
        .executableTarget(
            name: "WorkspaceCommand",
            dependencies: ["Workspace", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: settings),

        // What `make bench` compares with; built only for it
        .executableTarget(
            name: "PlainHandler",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/PlainHandler", swiftSettings: settings),
        .target(name: "StoreBaseline", dependencies: ["CMongoC"], path: "Benchmarks/StoreBaseline"),
        .executableTarget(
            name: "StoreOperations", dependencies: ["Documents", "MongoClient", "StoreBaseline"],
            path: "Benchmarks/StoreOperations", swiftSettings: strictMemory),

        // Tests
        .testTarget(name: "ValuesTests", dependencies: ["Values"], swiftSettings: settings),
        .testTarget(
            name: "JSONSchemasTests", dependencies: ["JSONSchemas", "Values"], exclude: ["Fixtures"],
            swiftSettings: settings),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Values"], swiftSettings: settings),
        .testTarget(
            name: "MongoClientTests",
            dependencies: ["Documents", "MongoClient", "Values", .product(name: "Logging", package: "swift-log")],
            exclude: ["PythonDriver/run-expressions.py"], swiftSettings: settings),
        .testTarget(
            name: "CloudFunctionsMacrosTests",
            dependencies: [
                "CloudFunctionsMacros",
                .product(name: "SwiftDiagnostics", package: "swift-syntax"),
                .product(name: "SwiftParser", package: "swift-syntax"),
                .product(name: "SwiftSyntax", package: "swift-syntax"),
                .product(name: "SwiftSyntaxMacroExpansion", package: "swift-syntax"),
                .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
            ], swiftSettings: settings),
        .testTarget(
            name: "InvocationProtocolTests", dependencies: ["InvocationProtocol", "Values"], swiftSettings: settings),
        .testTarget(
            name: "ContextValuesTests", dependencies: ["ContextValues", "Values"],
            exclude: ["Fixtures", "generate-pyyaml-cases.py"], swiftSettings: settings),
        .testTarget(name: "FileWatchingTests", dependencies: ["FileWatching"], swiftSettings: settings),
        .testTarget(
            name: "FunctionBuildTests",
            dependencies: ["FunctionBuild", "RunningProcesses", .product(name: "Logging", package: "swift-log")],
            swiftSettings: settings),
        .testTarget(
            name: "IngressTests",
            dependencies: [
                "Ingress", "InvocationProtocol", "Values",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: settings),
        .testTarget(
            name: "PrometheusMetricsTests",
            dependencies: ["PrometheusMetrics", .product(name: "CoreMetrics", package: "swift-metrics")],
            swiftSettings: settings),
        .testTarget(
            name: "WorkspaceTests",
            dependencies: ["Ingress", "Values", "Workspace", .product(name: "Logging", package: "swift-log")],
            swiftSettings: settings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "CloudFunctions", "Documents", "MongoClient", "RunningProcesses", "Values",
                .product(name: "Crypto", package: "swift-crypto"),
            ], exclude: ["Descriptions/validate-openapi.py"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

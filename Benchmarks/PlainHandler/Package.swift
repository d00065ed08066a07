// swift-tools-version: 6.3

import PackageDescription

// A package of its own, so that running functions does not require fetching and building Hummingbird.
let package = Package(
    name: "plain-handler",
    dependencies: [
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "plain-handler",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
            ],
            path: ".", sources: ["PlainHandler.swift"])
    ])

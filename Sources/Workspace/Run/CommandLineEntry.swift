import FoundationEssentials
import FunctionBuild
import Glibc
import Logging
import MongoClient

/// What stands between the command line and the workspace: exit codes and where messages go.
package enum CommandLineEntry {
    /// Runs a parsed command and ends the process: 0 stopped, 1 cannot run, 2 wrong usage.
    ///
    /// - Parameters:
    ///   - body: parses the arguments and runs the command.
    ///   - describe: for any other error, what the parser makes of it: a request such as `--help`, wrong usage, or nil.
    package static func run(
        _ body: ([String]) async throws -> Void, describe: (any Error) -> (isRequest: Bool, text: String)?
    ) async -> Never {
        do {
            try await body(Array(CommandLine.arguments.dropFirst()))
            ProcessExit.now(0)
        } catch let error as CannotRun {
            fail("\(error)", code: 1)
        } catch let error as SettingsError {
            fail("\(error)", code: 2)
        } catch {
            guard let (isRequest, text) = describe(error) else { fail("\(error)", code: 1) }
            guard isRequest else { fail(text, code: 2, prefix: "") }
            Terminal.write(text + "\n", to: STDOUT_FILENO)
            ProcessExit.now(0)
        }
    }

    /// `workspace run`
    package static func run(flags: [SettingKey: String], optimises: Bool) async throws {
        MongoClient.removeSharedMemory()
        let environment = ProcessInfo.processInfo.environment
        let folder = FileManager.default.currentDirectoryPath
        try await WorkspaceRun(flags: flags, environment: environment, currentFolder: folder, optimises: optimises)
            .run()
    }

    /// `workspace prepare`
    package static func prepare() async throws {
        let package = try WorkspaceFolder.ownPackageRoot()
        let layout = BuildLayout(
            packageRoot: package, functionsFolder: "\(package)/functions", buildFolder: "\(package)/.workspace/build")
        let terminal = Terminal()
        do throws(PluginBuildError) {
            let build = PackageBuild(layout: layout, logger: Logger(label: "prepare") { _ in SwiftLogNoOpLogHandler() })
            if case .built(let duration) = try await build.run(report: { terminal.packageProgress($0) }) {
                terminal.step("Worker and packages are built", duration)
            }
        } catch {
            throw CannotRun("\(error)")
        }
    }

    /// The command `workspace settings`.
    package static func listSettings() {
        Terminal.write(SettingKey.document, to: STDOUT_FILENO)
    }

    private static func fail(_ message: String, code: CInt, prefix: String = "error: ") -> Never {
        Terminal.write("\(prefix)\(message)\n", to: STDERR_FILENO)
        ProcessExit.now(code)
    }
}

import FoundationEssentials
import FunctionBuild
import Glibc
import Logging
import MongoClient

/// The layer between the command line and the workspace, which sets exit codes and shows messages.
package enum CommandLineEntry {
    /// Runs a parsed command and ends the process with the exit code 0 (stopped), 1 (cannot run) or 2 (wrong usage).
    ///
    /// - Parameters:
    ///   - body: a closure that parses the arguments and runs the command.
    ///   - describe: a closure that returns the parser's text for any other error and whether it is a request such as
    ///     `--help`, or nil if the error is not the parser's.
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

    /// Runs the command `workspace run`.
    package static func run(flags: [SettingKey: String], optimises: Bool) async throws {
        MongoClient.removeSharedMemory()
        let environment = ProcessInfo.processInfo.environment
        let folder = FileManager.default.currentDirectoryPath
        try await WorkspaceRun(flags: flags, environment: environment, currentFolder: folder, optimises: optimises)
            .run()
    }

    /// Runs the command `workspace prepare`.
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

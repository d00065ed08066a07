import Failures
import FoundationEssentials
import FunctionBuild
import Glibc
import Logging
import MongoClient

/// The command line of the `workspace` executable, which sets exit codes and shows messages.
package struct CommandLine: Sendable {
    private let output = TerminalOutput()

    package init() {}

    /// Runs a parsed command and ends the process with the exit code 0 (stopped), 1 (cannot run) or 2 (wrong usage).
    ///
    /// - Parameters:
    ///   - body: a closure that parses the arguments and runs the command.
    ///   - describe: a closure that returns the parser's text for any other error and whether it is a request such as
    ///     `--help`, or nil if the error is not the parser's.
    package func run(
        _ body: ([String]) async throws -> Void, describe: (any Error) -> (isRequest: Bool, text: String)?
    ) async -> Never {
        do {
            try await body(Array(Swift.CommandLine.arguments.dropFirst()))
            output.exit(0)
        } catch let failure as Failure {
            fail("\(failure)", code: failure.code.exitCode)
        } catch {
            guard let (isRequest, text) = describe(error) else { fail("\(error)", code: 1) }
            guard isRequest else { fail(text, code: 2, prefix: "") }
            write(text + "\n")
            output.exit(0)
        }
    }

    /// Runs the command `workspace run`.
    package func run(flags: [SettingKey: String], optimises: Bool) async throws {
        MongoClient.removeSharedMemory()
        try await WorkspaceRun(
            flags: flags, environment: ProcessInfo.processInfo.environment,
            currentFolder: FileManager.default.currentDirectoryPath, optimises: optimises, output: output
        ).run()
    }

    /// Runs the command `workspace prepare`.
    package func prepare() async throws {
        let package = try WorkspaceFolder.ownPackageRoot()
        let layout = BuildLayout(
            packageRoot: package, functionsFolder: "\(package)/functions", buildFolder: "\(package)/.workspace/build")
        let terminal = Terminal(output)
        do throws(PluginBuildError) {
            let build = PackageBuild(layout: layout, logger: Logger(label: "prepare") { _ in SwiftLogNoOpLogHandler() })
            if case .built(let duration) = try await build.run(report: { terminal.packageProgress($0) }) {
                terminal.step("Worker and packages are built", duration)
            }
        } catch {
            throw Failure(.cannotRun, "\(error)")
        }
    }

    /// Returns the commands of `workspace store` for a workspace.
    ///
    /// - Parameter functions: the functions' folder as given on the command line, or nil for the folder that
    ///   `workspace run` uses.
    /// - Throws: ``Failure``.
    package func store(functions: String?) throws -> StoreCommands {
        try StoreCommands(functions: functions, terminal: Terminal(output))
    }

    /// Runs the command `workspace settings`.
    package func listSettings() {
        write(SettingKey.document)
    }

    private func write(_ text: String, to descriptor: CInt = STDOUT_FILENO) {
        output.write(text, to: descriptor, isVital: true)
    }

    private func fail(_ message: String, code: CInt, prefix: String = "error: ") -> Never {
        write("\(prefix)\(message)\n", to: STDERR_FILENO)
        output.exit(code)
    }
}

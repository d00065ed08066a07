import ArgumentParser
import Workspace

/// The `workspace` executable, which only parses arguments.
@main
struct WorkspaceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspace", abstract: "Runs cloud functions on this machine.",
        subcommands: [RunCommand.self, StoreCommand.self, SettingsCommand.self, PrepareCommand.self])

    static func main() async {
        let commandLine = CommandLine()
        await commandLine.run { arguments in
            var command = try parseAsRoot(arguments)
            if let command = command as? any Subcommand {
                try await command.run(on: commandLine)
            } else {
                try command.run()
            }
        } describe: { error in
            switch exitCode(for: error) {
            case .success: (true, fullMessage(for: error))
            case .validationFailure: (false, fullMessage(for: error))
            default: nil
            }
        }
    }
}

/// A command that does something. The others only show their help.
protocol Subcommand: ParsableCommand {
    func run(on commandLine: CommandLine) async throws
}

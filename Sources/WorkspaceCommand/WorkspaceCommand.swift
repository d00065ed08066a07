import ArgumentParser
import Workspace

/// The `workspace` executable, which only parses arguments.
@main
struct WorkspaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspace", abstract: "Runs cloud functions on this machine.",
        subcommands: [RunCommand.self, StoreCommand.self, SettingsCommand.self, PrepareCommand.self])

    static func main() async {
        await CommandLineEntry.run { arguments in
            let command = try parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                var command = command
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

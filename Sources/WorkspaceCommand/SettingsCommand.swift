import ArgumentParser
import Workspace

/// The command `workspace settings`.
struct SettingsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "Lists all settings, as the page docs/settings.md.")

    func run(on commandLine: CommandLine) {
        commandLine.listSettings()
    }
}

import ArgumentParser
import Workspace

/// The command `workspace settings`.
struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "Lists all settings, as the page docs/settings.md.")

    func run() {
        CommandLineEntry.listSettings()
    }
}

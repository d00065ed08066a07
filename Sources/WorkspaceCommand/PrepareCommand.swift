import ArgumentParser
import Workspace

/// The command `workspace prepare`.
struct PrepareCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Builds the worker and the packages that the functions use, which run does first.")

    func run(on commandLine: CommandLine) async throws {
        try await commandLine.prepare()
    }
}

import ArgumentParser
import Workspace

/// The command `workspace prepare`.
struct PrepareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Builds the worker and the packages that the functions use, which run does first.")

    func run() async throws {
        try await CommandLineEntry.prepare()
    }
}

import ArgumentParser
import Workspace

/// The command `workspace store`.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Works with the documents of a workspace whose emulator runs.",
        subcommands: [URI.self, Export.self, Import.self, Reset.self])

    /// The option that selects the workspace.
    struct Place: ParsableArguments {
        @Option(help: "The functions' folder of the workspace. (CBC_PATH, default: ./functions)")
        var functions: String?

        func commands(_ commandLine: CommandLine) throws -> StoreCommands {
            try commandLine.store(functions: functions)
        }
    }

    /// The command `workspace store uri`.
    struct URI: Subcommand {
        static let configuration = CommandConfiguration(
            commandName: "uri", abstract: "Prints the connection string, with user and password where it has them.")
        @OptionGroup var place: Place

        func run(on commandLine: CommandLine) async throws { try await place.commands(commandLine).uri() }
    }

    /// The command `workspace store export`.
    struct Export: Subcommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes all documents into a new folder.",
            discussion: "FOLDER/DATABASE/COLLECTION.jsonl has a document a line, as MongoDB Extended JSON.")
        @Argument(help: "The folder to make.")
        var folder: String
        @OptionGroup var place: Place

        func run(on commandLine: CommandLine) async throws { try await place.commands(commandLine).export(to: folder) }
    }

    /// The command `workspace store import`.
    struct Import: Subcommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds the documents of a folder, all or none.",
            discussion: "The folder is as export writes it. A line that does not fit is named, and nothing changes.")
        @Argument(help: "The folder to read.")
        var folder: String
        @OptionGroup var place: Place

        func run(on commandLine: CommandLine) async throws {
            try await place.commands(commandLine).import(from: folder)
        }
    }

    /// The command `workspace store reset`.
    struct Reset: Subcommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes all documents, and imports seed/ again.",
            discussion: "Only from a server that the emulator has started.")
        @OptionGroup var place: Place

        func run(on commandLine: CommandLine) async throws { try await place.commands(commandLine).reset() }
    }
}

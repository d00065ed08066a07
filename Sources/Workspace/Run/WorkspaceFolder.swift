import ContextValues
import FileWatching
import FoundationEssentials
import FunctionBuild
import FunctionContracts

/// Where everything of a workspace lies; all paths are absolute.
struct WorkspaceFolder: Sendable {
    /// The folder that holds the functions' folder.
    let root: String
    let functionsFolder: String
    /// The folder of the package that the worker and the SDK are built from.
    let packageRoot: String
    /// What the functions see as their environment, ``runMark`` included.
    let workerEnvironment: [String: String]
    /// The variable that marks what belongs to this run; see ``LeftoverGuard``.
    let runMark: [String: String]

    /// How callers are shown the functions' files; as ``buildLayout`` shows them, since the folder lies in ``root``.
    var functions: FunctionsFolder { FunctionsFolder(functionsFolder) }

    /// What the emulator writes; all of it but ``keptFolder`` may be deleted whenever it does not run.
    var stateFolder: String { "\(root)/.workspace" }
    /// Where the Swift runtime writes a crash report; they are read and removed at once.
    var crashFolder: String { "\(stateFolder)/crashes" }
    /// Where MongoDB servers of ours keep their files while they run, each in a folder of its own: while one is being ended, another may
    /// start.
    var documentFolder: String { "\(stateFolder)/mongod" }
    /// What outlives the emulator; see ``KeptDocuments``.
    var keptFolder: String { "\(stateFolder)/kept" }
    /// Where the document store is while the emulator runs, for the commands of `workspace store`.
    var documentStateFile: String { "\(stateFolder)/document-store.json" }
    /// Stored objects, a folder a company.
    var objectsFolder: String { "\(stateFolder)/objects" }
    /// Questions that the API's stub had no answer to.
    var unansweredFolder: String { "\(stateFolder)/api-unanswered" }
    /// Documents that a store has from the start.
    var seedFolder: String { "\(root)/seed" }
    /// What no other workspace has, not even one at the same path of another machine or in another container that reaches the same
    /// container engine; the same at each start.
    var owner: String {
        let folder = (try? FileManager.default.attributesOfItem(atPath: root)) ?? [:]
        let place = [FileAttributeKey.systemNumber, .systemFileNumber].map { folder[$0].map { "\($0)" } ?? "?" }
        return String(([root, ProcessInfo.processInfo.hostName] + place).joined(separator: "\n").stableHash, radix: 36)
    }
    var lockFile: String { "\(stateFolder)/lock" }
    var manifest: String { "\(packageRoot)/Package.swift" }
    var workerExecutable: String { "\(packageRoot)/.build/debug/FunctionWorker" }
    var configurationFiles: [String] { ContextValues.fileNames.map { "\(root)/\($0)" } }

    var buildLayout: BuildLayout {
        BuildLayout(
            packageRoot: packageRoot, functionsFolder: functionsFolder, buildFolder: "\(stateFolder)/build",
            workspaceRoot: root)
    }

    /// What the emulator watches.
    var watchScope: WatchScope {
        WatchScope(
            folders: [functionsFolder], files: [manifest] + configurationFiles,
            isRelevant: { WatchScope.isSwiftSource($0) && !$0.hasSuffix("Tests.swift") })
    }

    /// Makes the folders that the emulator writes into, where they are missing.
    ///
    /// - Throws: ``CannotRun`` when the system refuses.
    func makeFolders() throws(CannotRun) {
        do { try FileManager.default.createDirectory(atPath: crashFolder, withIntermediateDirectories: true) } catch {
            throw CannotRun("\(crashFolder) cannot be made: \(error)")
        }
    }

    /// The package that the running executable was built from: the folder above it that holds `Package.swift`.
    ///
    /// - Throws: ``CannotRun`` when the executable was moved out of its package.
    static func ownPackageRoot() throws(CannotRun) -> String {
        let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "?"
        var parts = executable.split(separator: "/")
        while parts.popLast() != nil {
            let folder = "/" + parts.joined(separator: "/")
            if FileManager.default.fileExists(atPath: "\(folder)/Package.swift") { return folder }
        }
        throw CannotRun(
            "The package that belongs to \(executable) is not there",
            remedy: "Run the executable where swift build put it, below .build.")
    }
}

extension String {
    /// A hash that is the same in every process (FNV-1a, 64 bits).
    fileprivate var stableHash: UInt64 {
        utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

import Failures
import ContextValues
import FileWatching
import FoundationEssentials
import FunctionBuild
import FunctionContracts
import StoreServer

/// The paths of a workspace. All of them are absolute.
struct WorkspaceFolder: Sendable {
    /// The folder that holds the functions' folder.
    let root: String
    let functionsFolder: String
    /// The folder of the package that the worker and the SDK are built from.
    let packageRoot: String
    /// The environment that the functions see, including ``runMark``.
    let workerEnvironment: [String: String]
    /// The variable that marks everything that belongs to this run; see ``LeftoverGuard``.
    let runMark: [String: String]

    /// The functions' folder, which determines how callers see the paths of files. They are the same as those of
    /// ``buildLayout``, because the folder lies in ``root``.
    var functions: FunctionsFolder { FunctionsFolder(functionsFolder) }

    /// The folder that the emulator writes into. Everything in it except `kept` may be deleted while the
    /// emulator is not running.
    var stateFolder: String { "\(root)/.workspace" }
    /// The folder into which the Swift runtime writes crash reports, which are read and removed at once.
    var crashFolder: String { "\(stateFolder)/crashes" }
    /// The file with the document store's address while the emulator runs, for the commands of `workspace store`.
    var documentStateFile: String { "\(stateFolder)/document-store.json" }
    /// The folder of the stored objects, with one folder per company.
    var objectsFolder: String { "\(stateFolder)/objects" }
    /// The folder of the questions that the API's stub could not answer.
    var unansweredFolder: String { "\(stateFolder)/api-unanswered" }
    /// The folder of the documents that a store contains from the start.
    var seedFolder: String { "\(root)/seed" }
    /// A text that identifies this workspace and is the same at each start. It differs even from that of a workspace
    /// at the same path on another machine, or in another container that uses the same container engine.
    private var owner: String {
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

    /// The folders and the programs of the document store.
    var storePlace: StorePlace {
        StorePlace(
            packageRoot: packageRoot, searchPath: workerEnvironment["PATH"] ?? "/usr/bin:/bin", environment: runMark,
            folder: "\(stateFolder)/mongod", keptFolder: "\(stateFolder)/kept", owner: owner)
    }

    /// The files that the emulator watches.
    var watchScope: WatchScope {
        WatchScope(
            folders: [functionsFolder], files: [manifest] + configurationFiles,
            isRelevant: { WatchScope.isSwiftSource($0) && !$0.hasSuffix("Tests.swift") })
    }

    /// Creates the folders that the emulator writes into, if they are missing.
    ///
    /// - Throws: ``Failure`` if the system refuses.
    func makeFolders() throws(Failure) {
        do { try FileManager.default.createDirectory(atPath: crashFolder, withIntermediateDirectories: true) } catch {
            throw Failure(.cannotRun, "\(crashFolder) cannot be made: \(error)")
        }
    }

    /// Returns the package that the running executable was built from: the nearest folder above it that holds
    /// `Package.swift`.
    ///
    /// - Throws: ``Failure`` if the executable was moved out of its package.
    static func ownPackageRoot() throws(Failure) -> String {
        let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "?"
        var parts = executable.split(separator: "/")
        while parts.popLast() != nil {
            let folder = "/" + parts.joined(separator: "/")
            if FileManager.default.fileExists(atPath: "\(folder)/Package.swift") { return folder }
        }
        throw Failure(
            .cannotRun, "The package that belongs to \(executable) is not there",
            remedy: "Run the executable where swift build put it, below .build.")
    }
}

extension String {
    /// A hash that is the same in every process (FNV-1a, 64 bits).
    fileprivate var stableHash: UInt64 {
        utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

import ContextValues
import FileWatching
import FoundationEssentials
import FunctionBuild

/// Where everything of a workspace lies; all paths are absolute.
struct WorkspaceFolder: Sendable {
    /// The folder that holds the functions' folder.
    let root: String
    let functionsFolder: String
    /// The folder of the package that the worker and the SDK are built from.
    let packageRoot: String
    /// What the functions see as their environment.
    let workerEnvironment: [String: String]

    /// What the emulator writes; may be deleted whenever it does not run.
    var stateFolder: String { "\(root)/.workspace" }
    /// Where the Swift runtime writes a crash report; they are read and removed at once.
    var crashFolder: String { "\(stateFolder)/crashes" }
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

    /// Finds the package: the folder above the running executable that holds `Package.swift`.
    ///
    /// - Returns: nil when the executable was moved out of its package.
    static func packageRoot(ofExecutable path: String) -> String? {
        var parts = path.split(separator: "/")
        while parts.popLast() != nil {
            let folder = "/" + parts.joined(separator: "/")
            if FileManager.default.fileExists(atPath: "\(folder)/Package.swift") { return folder }
        }
        return nil
    }

    /// The path of the running executable.
    static func executablePath() -> String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }
}

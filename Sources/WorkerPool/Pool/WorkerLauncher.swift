import Failures
package import FunctionContracts

/// What a worker needs to start: its program, its plugin, its environment.
package struct WorkerLauncher: Sendable {
    /// Path of the worker executable.
    package let executable: String
    /// Path of the plugin that its workers load.
    package let plugin: String
    package let functions: FunctionsFolder
    /// Folder into which the Swift runtime writes a crash report a crash.
    package let crashFolder: String
    private let environment: [String: String]

    /// - Parameters:
    ///   - environment: what the functions see; the runtime's crash settings are added.
    package init(
        executable: String, plugin: String, functions: FunctionsFolder, crashFolder: String,
        environment: [String: String]
    ) {
        self.executable = executable
        self.plugin = plugin
        self.functions = functions
        self.crashFolder = crashFolder
        self.environment = environment.merging([
            "SWIFT_BACKTRACE":
                "enable=yes,format=json,output-to=\(crashFolder)/,color=no,interactive=no,threads=crashed,images=none"
        ]) { $1 }
    }

    func launch() throws(Failure) -> SpawnedProcess {
        try SpawnedProcess(executable: executable, arguments: [plugin, functions.path], environment: environment)
    }
}

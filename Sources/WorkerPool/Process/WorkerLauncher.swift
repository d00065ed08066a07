import Failures
package import FunctionContracts

/// Everything that a worker needs to start: its program, its plugin and its environment.
package struct WorkerLauncher: Sendable {
    /// The path of the worker executable.
    package let executable: String
    /// The path of the plugin that the workers load.
    package let plugin: String
    package let functions: FunctionsFolder
    /// The folder into which the Swift runtime writes a report for each crash.
    package let crashFolder: String
    private let environment: [String: String]

    /// - Parameter environment: the environment that the functions see. The runtime's crash settings are added to it.
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

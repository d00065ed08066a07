import Failures
import SystemSupport
import RunningProcesses
import Subprocess

/// A run of a tool in a session of its own, whose processes all end with the task that awaits it.
package struct ToolRun: Sendable {
    /// The status of a run and its output, with standard output and standard error combined.
    package struct Outcome: Sendable {
        var status: TerminationStatus
        package var output: String
        /// Whether the tool exited with status zero.
        package var succeeded: Bool { status.isSuccess }
    }

    var executable: String
    var arguments: [String]
    var workingFolder: String
    /// Environment variables in addition to those of this process.
    var environment: [Environment.Key: String?] = [:]
    /// The longest time the tool may take to end by itself after SIGINT.
    var interruptGrace: Duration = .milliseconds(300)

    init(
        executable: String, arguments: [String], workingFolder: String, environment: [Environment.Key: String?] = [:],
        interruptGrace: Duration = .milliseconds(300)
    ) {
        self.executable = executable
        self.arguments = arguments
        self.workingFolder = workingFolder
        self.environment = environment
        self.interruptGrace = interruptGrace
    }

    /// Creates a run.
    ///
    /// - Parameter variables: environment variables in addition to those of this process.
    package init(
        executable: String, arguments: [String], workingFolder: String, variables: [String: String],
        interruptGrace: Duration
    ) {
        self.init(
            executable: executable, arguments: arguments, workingFolder: workingFolder,
            environment: Dictionary(
                uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0), Optional($1)) }),
            interruptGrace: interruptGrace)
    }

    /// The largest number of bytes of output that are kept.
    private static let outputLimit = 8 << 20

    /// Runs the tool and passes on each line as it is printed.
    ///
    /// An exit status other than zero is a result, not an error.
    ///
    /// - Throws: `cancelled` when the task was cancelled, once no process of the run is left; `toolFailed` when the
    ///   tool cannot be started.
    package func run(onLine: (@Sendable (String) -> Void)? = nil) async throws(PluginBuildError) -> Outcome {
        if Task.isCancelled { throw .cancelled }
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .interrupt, allowedDurationToNextStep: interruptGrace)]
        var session: ProcessSession?
        let outcome: Outcome
        do {
            let result = try await Subprocess.run(
                .path(filePath(executable)), arguments: Arguments(arguments),
                environment: .inherit.updating(environment),
                workingDirectory: filePath(workingFolder), platformOptions: options,
                input: .none, output: .sequence, error: .combinedWithOutput
            ) { execution in
                session = ProcessSession(id: execution.processIdentifier.value)
                var lines = LineSplitter()
                var output: [UInt8] = []
                for try await buffer in execution.standardOutput {
                    let part = unsafe buffer.withUnsafeBytes { unsafe Array($0) }
                    output += part.prefix(Self.outputLimit - output.count)
                    if let onLine { lines.append(part).forEach(onLine) }
                }
                if let onLine { lines.rest.map(onLine) }
                return String(decoding: output, as: UTF8.self)
            }
            outcome = Outcome(status: result.terminationStatus, output: result.closureResult)
        } catch {
            await session?.end()
            if Task.isCancelled { throw .cancelled }
            throw .toolFailed(
                Failure(
                    tool: "Cannot run \(executable): \(error)", remedy: "Check that the Swift toolchain is complete"))
        }
        if Task.isCancelled {
            await session?.end()
            throw .cancelled
        }
        // A driver that is killed from outside leaves its frontends running.
        if case .signaled = outcome.status { await session?.end() }
        return outcome
    }
}

/// Creates a file path of a type that is known only from the context.
package func filePath<Path: ExpressibleByStringLiteral>(_ string: String) -> Path
where Path.StringLiteralType == String {
    Path(stringLiteral: string)
}

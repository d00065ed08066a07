import Failures
import FunctionBuild
import FunctionContracts
import Glibc
import Engine
import Synchronization

/// The emulator's output for the developer at the terminal.
final class Terminal: Sendable {
    let output: TerminalOutput
    private let isTerminal: Bool
    private let isProduction: Bool
    /// The time of the last progress line. These lines are written rarely if the output is not a terminal.
    private let lastProgress = Mutex<ContinuousClock.Instant?>(nil)
    private let address = Mutex("")
    private static let progressInterval = Duration.seconds(5)

    /// Creates a terminal.
    ///
    /// - Parameter isProduction: whether only signed requests are accepted.
    init(_ output: TerminalOutput, isProduction: Bool = false) {
        self.output = output
        self.isProduction = isProduction
        isTerminal = isatty(STDOUT_FILENO) == 1
    }

    /// Writes lines for the developer.
    func show(_ text: String) {
        write((isTerminal ? "\u{1B}[2K\r" : "") + text + "\n")
    }

    private func write(_ text: String) {
        output.write(text, to: STDOUT_FILENO, isVital: true)
    }

    /// Reports that the emulator listens.
    func listening(address: String, functionsFolder: String) {
        self.address.withLock { $0 = address }
        show("Listening on \(address)  (functions: \(functionsFolder), stop with Ctrl-C)")
    }

    /// Reports that a step is complete, and the time that it took.
    func step(_ what: String, _ duration: Duration) {
        show("\(what) (\(Self.text(duration)))")
    }

    /// Warns that something may be wrong.
    func warn(_ text: String) {
        show("warning: \(text)")
    }

    /// Shows the progress of SwiftPM: on a terminal as one line that changes, otherwise as an occasional line.
    func packageProgress(_ event: PackageBuild.Event) {
        switch event {
        case .message(let message): show("\(message) …")
        case .progress(let line):
            if isTerminal {
                write("\u{1B}[2K\r  \(line.prefix(100))")
            } else {
                let isDue = lastProgress.withLock { last in
                    let now = ContinuousClock.now
                    if let before = last, now - before < Self.progressInterval { return false }
                    last = now
                    return true
                }
                if isDue { show("  \(line)") }
            }
        }
    }

    /// Reports the result of a build: all functions for the first build, one line for any other.
    func reloaded(_ registry: FunctionRegistry, _ plugin: BuiltPlugin, generation: Int, duration: Duration) {
        let time = Self.text(duration)
        guard generation == 1 else {
            let changes = [
                (plugin.changes.changed.count, "changed"), (plugin.changes.new.count, "new"),
                (plugin.changes.deleted.count, "deleted"),
            ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
            show("Reloaded functions in \(time): \((changes + ["generation \(generation)"]).joined(separator: ", "))")
            return
        }
        show("Functions are \(plugin.wasUpToDate ? "loaded" : "built and loaded") (\(time)):")
        let width = registry.functions.map(\.path.count).max() ?? 0
        for function in registry.functions {
            let padding = String(repeating: " ", count: width - function.path.count)
            show("  \(function.path)\(padding)  \(function.place)")
        }
        if registry.functions.isEmpty {
            show("  none yet: write @Exposed before a function in the functions folder")
        } else if let first = registry.functions.first, !isProduction {
            show("Call one:  curl \(address.withLock { $0 })/\(first.path) -d '{}'")
        }
    }

    /// Reports that the sources are again those of the generation in effect.
    func functionsAreAsBefore(generation: Int) {
        show("The functions are as they were: generation \(generation) answers again")
    }

    /// Shows the reason why there is no new generation.
    ///
    /// - Parameter generation: the generation that serves the files without errors, or 0 if there is none.
    func buildFailed(_ failure: Failure, generation: Int) {
        show(failure.message)
        for diagnostic in failure.details.diagnostics { show(diagnostic.rendered()) }
        if failure.details.diagnostics.isEmpty, let output = failure.cause { show(output) }
        if let remedy = failure.remedy { show(remedy) }
        if generation > 0 { show("Functions of the other files are answered by generation \(generation)") }
    }

    /// Shows a failure.
    func show(_ failure: Failure) {
        show(failure.description)
    }

    /// Returns a text such as `312 ms` or `4.2 s`.
    static func text(_ duration: Duration) -> String {
        let milliseconds = duration / .milliseconds(1)
        if milliseconds < 1000 { return "\(Int(milliseconds)) ms" }
        let tenths = Int(milliseconds / 100)
        return "\(tenths / 10).\(tenths % 10) s"
    }
}

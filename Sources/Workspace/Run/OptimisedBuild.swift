import FunctionBuild

/// A service that builds the optimised emulator while this one, which was quick to build, is serving. The next start
/// uses the optimised one.
///
/// The build begins after the functions are built, and uses only processor time that nothing else needs.
struct OptimisedBuild: Service {
    let packageRoot: String
    /// The variable that marks the build as part of this run, so that ``LeftoverGuard`` ends it if this process is
    /// killed.
    let mark: [String: String]
    /// An event that occurs when the functions are built.
    let begin: OneTimeEvent
    let terminal: Terminal

    func run(until stop: OneTimeEvent) async {
        let work = Task {
            await begin.wait()
            if !Task.isCancelled { await build() }
        }
        await stop.wait()
        work.cancel()
        await work.value
    }

    private func build() async {
        terminal.show("Building the optimised emulator meanwhile; the next make run uses it")
        let start = ContinuousClock.now
        let tool = ToolRun(
            executable: "/usr/bin/env", arguments: ["nice", "-n", "19", "Scripts/build", "optimised"],
            workingFolder: packageRoot, variables: mark, interruptGrace: .seconds(2))
        do throws(PluginBuildError) {
            if try await tool.run().succeeded {
                terminal.step("The optimised emulator is built; the next make run uses it", .now - start)
            } else {
                terminal.warn("the optimised emulator cannot be built: see .build/optimised/build-optimised.log")
            }
        } catch {
            // The build was cancelled, or there is no such program. This emulator serves all the same.
            if error != .cancelled { terminal.warn("the optimised emulator cannot be built: \(error)") }
        }
    }
}

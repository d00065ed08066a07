package import Failures
import Invocations
package import Logging
package import NIOCore
package import WorkerPool
package import WorkerProtocol

/// Holds the functions that are in effect, and runs invocations of them.
///
/// The workspace tells it what was built; surfaces ask it to run. All of its state lives on one event loop, so that a call
/// takes no lock and no hop.
package final class Engine: Sendable {
    /// The event loop that everything happens on.
    package let eventLoop: any EventLoop
    /// The state, for those who are on the event loop.
    package let core: NIOLoopBound<EngineCore>
    /// Runs tasks on the event loop.
    package let executor: EventLoopTaskExecutor

    /// - Parameter changeCount: Returns the number of changes of the sources and the configuration up to now. Called before
    ///   each call; must be quick and must not block.
    package init(
        eventLoop: any EventLoop, settings: EngineSettings, logger: Logger,
        changeCount: @escaping @Sendable () -> UInt64
    ) async throws {
        self.eventLoop = eventLoop
        let executor = EventLoopTaskExecutor(eventLoop)
        self.executor = executor
        core = try await eventLoop.submit {
            NIOLoopBound(
                EngineCore(
                    eventLoop: eventLoop, executor: executor, settings: settings, logger: logger,
                    changeCount: changeCount),
                eventLoop: eventLoop)
        }.get()
    }

    /// Adds an observer, which learns what happens from now on.
    ///
    /// - Parameter make: Makes it, on the event loop.
    package func observe(_ make: @escaping @Sendable () -> any EngineObserver) async throws {
        try await onLoop { $0.add(make()) }
    }

    /// Says that a build has begun; calls that come after a change wait for its end.
    package func buildBegan() async throws {
        try await onLoop { $0.buildBegan() }
    }

    /// Starts workers for a plugin and, once the first is ready, puts it into effect.
    ///
    /// - Parameters:
    ///   - number: The generation's number.
    ///   - changes: The change count that the plugin covers.
    /// - Returns: The functions.
    /// - Throws: ``Failure`` when the plugin cannot be loaded, ``RegistryProblem`` when its functions cannot be served;
    ///   the generation before then stays, and the caller must say ``buildFailed(_:covering:)``. `CancellationError` when the task is
    ///   cancelled before the plugin is in effect.
    package func install(_ launcher: WorkerLauncher, number: Int, covering changes: UInt64) async throws
        -> FunctionRegistry
    {
        try Task.checkCancellation()
        return try await withTaskCancellationHandler {
            try await eventLoop.flatSubmit { [core] in
                core.value.install(launcher, number: number, covering: changes)
            }.get()
        } onCancel: { [eventLoop, core] in
            eventLoop.execute { core.value.cancelInstall() }
        }
    }

    /// Counts a build.
    package func count(build time: Duration, succeeded: Bool) {
        eventLoop.execute { [core] in core.value.count(build: time, succeeded: succeeded) }
    }

    /// Counts a reload.
    ///
    /// - Parameter time: from when the change was seen to when it was in effect.
    package func count(reload time: Duration) {
        eventLoop.execute { [core] in core.value.count(reload: time) }
    }

    /// Says that the sources are those of the generation in effect.
    package func unchanged(covering changes: UInt64) async throws {
        try await onLoop { $0.unchanged(covering: changes) }
    }

    /// Says that the sources do not build. Functions of other files are answered by the generation in effect.
    package func buildFailed(_ broken: BrokenBuild, covering changes: UInt64) async throws {
        try await onLoop { $0.buildFailed(broken, covering: changes) }
    }

    /// Says that all changes up to a count were looked at and call for nothing more.
    package func covered(_ changes: UInt64) async throws {
        try await onLoop { $0.covered(changes) }
    }

    /// Puts the values of the configuration file into effect, or the failure of reading it.
    package func configure(_ values: Result<ByteBuffer, Failure>) async throws {
        try await onLoop { $0.configure(values) }
    }

    /// Says that the document store's state has changed.
    package func documentStoreChanged(to state: DocumentStoreState) async throws {
        try await onLoop { $0.documentStoreChanged(to: state) }
    }

    /// The number of calls that were admitted and have no outcome yet.
    package var callsInFlight: Int {
        get async throws { try await eventLoop.submit { [core] in core.value.status.callsInFlight }.get() }
    }

    /// Ends all workers; calls in flight fail with the code `stopping`. Waits five seconds at most for processes to end.
    package func stop() async throws {
        try await eventLoop.flatSubmit { [core] in core.value.stop() }.get()
    }

    private func onLoop(_ body: @escaping @Sendable (EngineCore) -> Void) async throws {
        try await eventLoop.submit { [core] in body(core.value) }.get()
    }
}

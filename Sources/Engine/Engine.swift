package import Failures
package import Invocations
package import Logging
package import NIOCore
package import WorkerPool
package import WorkerProtocol

/// The functions that are in effect, and the invocations of them.
///
/// The workspace reports what was built, and surfaces request invocations. All of the state lives on one event loop,
/// so that a call takes no lock and does not change threads.
package final class Engine: Sendable {
    /// The event loop on which all work is done.
    package let eventLoop: any EventLoop
    /// The state, for code that runs on the event loop.
    package let core: NIOLoopBound<EngineCore>
    /// The executor that runs tasks on the event loop.
    package let executor: EventLoopTaskExecutor

    /// - Parameter changeCount: a closure that returns the number of changes of the sources and the configuration so
    ///   far. It is called before each call, so it must be quick and must not block.
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

    /// Adds an observer, which is told everything that happens from then on.
    ///
    /// - Parameter make: a closure that creates the observer. It is called on the event loop.
    package func observe(_ make: @escaping @Sendable () -> any EngineObserver) async throws {
        try await onLoop { $0.add(make()) }
    }

    /// Records that a build has begun. Calls that arrive after a change wait for its end.
    package func buildBegan() async throws {
        try await onLoop { $0.buildBegan() }
    }

    /// Starts workers for a plugin and puts it into effect once the first worker is ready.
    ///
    /// - Parameters:
    ///   - number: the generation's number.
    ///   - changes: the change count that the plugin covers.
    /// - Returns: the functions.
    /// - Throws: ``Failure`` if the plugin cannot be loaded, or if its functions cannot be served. The previous
    ///   generation then stays in effect, and the caller must call ``buildFailed(_:covering:)``. `CancellationError`
    ///   if the task is cancelled before the plugin is in effect.
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
    /// - Parameter time: the time from the detection of the change until it was in effect.
    package func count(reload time: Duration) {
        eventLoop.execute { [core] in core.value.count(reload: time) }
    }

    /// Records that the sources are those of the generation in effect.
    package func unchanged(covering changes: UInt64) async throws {
        try await onLoop { $0.unchanged(covering: changes) }
    }

    /// Records that the sources do not build. The generation in effect still serves the functions of other files.
    package func buildFailed(_ broken: BrokenBuild, covering changes: UInt64) async throws {
        try await onLoop { $0.buildFailed(broken, covering: changes) }
    }

    /// Records that all changes up to a count were processed and need no further action.
    package func covered(_ changes: UInt64) async throws {
        try await onLoop { $0.covered(changes) }
    }

    /// Puts the values of the configuration file into effect, or the failure to read it.
    package func configure(_ values: Result<ByteBuffer, Failure>) async throws {
        try await onLoop { $0.configure(values) }
    }

    /// Records a change of the document store's state.
    package func documentStoreChanged(to state: DocumentStoreState) async throws {
        try await onLoop { $0.documentStoreChanged(to: state) }
    }

    /// The number of calls that were admitted and have no outcome yet.
    package var callsInFlight: Int {
        get async throws { try await eventLoop.submit { [core] in core.value.status.callsInFlight }.get() }
    }

    /// Ends all workers. Calls in flight fail with the code `stopping`. Waits at most five seconds for processes to
    /// end.
    package func stop() async throws {
        try await eventLoop.flatSubmit { [core] in core.value.stop() }.get()
    }

    private func onLoop(_ body: @escaping @Sendable (EngineCore) -> Void) async throws {
        try await eventLoop.submit { [core] in body(core.value) }.get()
    }
}

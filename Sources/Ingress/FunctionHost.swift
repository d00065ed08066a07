package import Failures
package import Logging
package import NIOCore
import Values
package import WorkerProtocol

/// Holds the functions that are in effect, and calls them.
///
/// The workspace tells it what was built; the HTTP side asks it to call. All of its state lives on one event loop, so that a call
/// takes no lock and no hop.
package final class FunctionHost: Sendable {
    /// The event loop that everything happens on.
    package let eventLoop: any EventLoop
    let core: NIOLoopBound<HostCore>
    /// Runs tasks on the event loop.
    let executor: EventLoopTaskExecutor

    /// - Parameters:
    ///   - changeCount: how many changes of the sources and the configuration there were up to now. Asked before each call; must
    ///     be quick and must not block.
    ///   - printed: takes what the functions print. Called on the event loop; must be quick and must not block.
    package init(
        eventLoop: any EventLoop, settings: HostSettings, logger: Logger, changeCount: @escaping @Sendable () -> UInt64,
        printed: @escaping @Sendable (PrintedOutput) -> Void
    ) async throws {
        self.eventLoop = eventLoop
        let executor = EventLoopTaskExecutor(eventLoop)
        self.executor = executor
        let groups = settings.usesMemoryGroups ? MemoryGroups(in: .own, logger: logger) : nil
        core = try await eventLoop.submit {
            NIOLoopBound(
                HostCore(
                    eventLoop: eventLoop, executor: executor, settings: settings, groups: groups, logger: logger,
                    changeCount: changeCount, printed: printed),
                eventLoop: eventLoop)
        }.get()
    }

    /// Says that a build has begun; calls that come after a change wait for its end.
    package func buildBegan() async throws {
        try await onLoop { $0.buildBegan() }
    }

    /// Starts workers for a plugin and, once the first is ready, puts it into effect.
    ///
    /// - Parameters:
    ///   - number: the generation's number.
    ///   - changes: the change count that the plugin covers.
    /// - Returns: the functions.
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
        eventLoop.execute { [core] in core.value.metrics.built(in: time, succeeded: succeeded) }
    }

    /// Counts a reload.
    ///
    /// - Parameter time: from when the change was seen to when it was in effect.
    package func count(reload time: Duration) {
        eventLoop.execute { [core] in core.value.metrics.reloaded(in: time) }
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

    /// Puts the values of the configuration file into effect, or why there are none.
    package func configure(_ values: Result<ByteBuffer, Failure>) async throws {
        try await onLoop { $0.configure(values) }
    }

    /// Says where the document store is from now on.
    package func documentStoreChanged(to state: DocumentStoreState) async throws {
        try await onLoop { $0.documentStoreChanged(to: state) }
    }

    /// How many calls were taken in and not answered yet.
    package var callsInFlight: Int {
        get async throws { try await eventLoop.submit { [core] in core.value.callsInFlight }.get() }
    }

    /// Ends all workers; calls in flight fail with the code `stopping`. Waits five seconds at most for processes to end.
    package func stop() async throws {
        try await eventLoop.flatSubmit { [core] in core.value.stop() }.get()
    }

    private func onLoop(_ body: @escaping @Sendable (HostCore) -> Void) async throws {
        try await eventLoop.submit { [core] in body(core.value) }.get()
    }
}

/// What a ``FunctionHost`` does by its settings.
package struct HostSettings: Sendable {
    package var limits: WorkerLimits
    /// How long a call waits for a build.
    package var buildWait: Duration
    /// Whether workers get control groups of memory, where they can be had.
    package var usesMemoryGroups: Bool

    /// Where this process makes such groups; nil when there is no place for them.
    package static var memoryGroupsFolder: String? { MemoryGroupPlace.own.map(MemoryGroups.folder) }

    package init(limits: WorkerLimits, buildWait: Duration, usesMemoryGroups: Bool = false) {
        self.usesMemoryGroups = usesMemoryGroups
        self.limits = limits
        self.buildWait = buildWait
    }
}

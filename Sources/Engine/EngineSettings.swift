package import WorkerPool

/// The settings of an ``Engine``.
package struct EngineSettings: Sendable {
    package var limits: WorkerLimits
    /// The longest time that a call waits for a build.
    package var buildWait: Duration
    /// Whether workers get control groups that limit their memory, where these are available.
    package var usesMemoryGroups: Bool

    /// The folder in which this process creates such groups, or nil if they are not available.
    package static var memoryGroupsFolder: String? { MemoryGroupPlace.own.map(MemoryGroups.folder) }

    package init(limits: WorkerLimits, buildWait: Duration, usesMemoryGroups: Bool = false) {
        self.usesMemoryGroups = usesMemoryGroups
        self.limits = limits
        self.buildWait = buildWait
    }
}

package import Failures

/// A plugin that is ready to be loaded.
package struct BuiltPlugin: Sendable {
    /// The path of the shared object. Without any exposed function, it has no symbols for the section
    /// `cloud_functions`.
    package var path: String
    /// The sources it was compiled from, byte for byte.
    package var snapshot: SourceSnapshot
    /// The differences between these sources and those of the last good build.
    package var changes: SourceChanges
    /// The warnings for these sources, including those for files that were not compiled again.
    package var warnings: [Diagnostic]
    /// The files that were compiled.
    package var compiled: [String]
    /// The time from the call until the plugin was in place.
    package var duration: Duration
    /// The number of the build, which is the same for plugins from one compilation.
    package var build: Int
    /// Whether the last good build was this one, so that no compiler ran.
    package var wasUpToDate: Bool
}

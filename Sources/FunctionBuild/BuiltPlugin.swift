/// A plugin ready to be loaded.
package struct BuiltPlugin: Sendable {
    /// The shared object; a plugin without any exposed function has no `cloud_functions` section bounds.
    package var path: String
    /// The sources it was compiled from, byte for byte.
    package var snapshot: SourceSnapshot
    /// How these sources differ from those of the last good build.
    package var changes: SourceChanges
    /// Warnings for these sources, those of files that needed no new compilation included.
    package var warnings: [Diagnostic]
    /// The files that were compiled.
    package var compiled: [String]
    /// The time from the call until the plugin was in place.
    package var duration: Duration
    /// Which of the builder's builds it is: equal for plugins that were made by one compilation.
    package var build: Int
    /// Whether the last good build was this one, so that no compiler ran.
    package var wasUpToDate: Bool
}

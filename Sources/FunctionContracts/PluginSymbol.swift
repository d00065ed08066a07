/// The names inside a plugin on which the worker and the build agree.
package enum PluginSymbol {
    /// The linker section that holds one pointer per exposed function. The linker defines the two symbols for its
    /// bounds.
    package static let section = "cloud_functions"
    package static let sectionStart = "__start_cloud_functions"
    package static let sectionStop = "__stop_cloud_functions"
}

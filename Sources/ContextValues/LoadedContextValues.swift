package import Values

/// The context values of a workspace, and where they come from.
package struct LoadedContextValues: Sendable, Equatable {
    /// The values by name.
    package var values: JSONObject
    /// The name of the file that holds them, nil when there is none.
    package var source: String?
    /// What to tell the user about a file under a name that is given up, as one or more sentences.
    package var deprecationWarning: String?

    /// Creates the result of loading a file, or of finding none.
    package init(values: JSONObject = [:], source: String? = nil, deprecationWarning: String? = nil) {
        self.values = values
        self.source = source
        self.deprecationWarning = deprecationWarning
    }
}

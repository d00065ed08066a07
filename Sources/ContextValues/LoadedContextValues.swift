package import Values

/// The context values of a workspace, and the file that they come from.
package struct LoadedContextValues: Sendable, Equatable {
    /// The values by name.
    package var values: JSONObject
    /// The name of the file that contains the values, or nil if there is none.
    package var source: String?
    /// A message to the user about a file with a deprecated name, as one or more sentences.
    package var deprecationWarning: String?

    /// Creates the result of loading a file, or of finding none.
    package init(values: JSONObject = [:], source: String? = nil, deprecationWarning: String? = nil) {
        self.values = values
        self.source = source
        self.deprecationWarning = deprecationWarning
    }
}

/// Loads the values that functions find in their context's configuration.
package enum ContextValues {
    /// The files that may hold the values, by falling precedence; all but the first are deprecated.
    package static let fileNames = ContextValuesFile.allCases.map(\.rawValue)

    /// Loads the values from the first of `fileNames` that is there.
    ///
    /// A missing file, an empty one and one of only comments give no values; that is no error.
    /// - Parameter workspaceRoot: The path of the folder that holds the file.
    /// - Throws: when the file cannot be read, is not UTF-8, is not valid, or is not a mapping at the top.
    package static func load(from workspaceRoot: String) throws(ContextValuesError) -> LoadedContextValues {
        for file in ContextValuesFile.allCases {
            guard let bytes = try file.bytes(in: workspaceRoot) else { continue }
            return LoadedContextValues(
                values: try file.values(of: bytes), source: file.rawValue, deprecationWarning: file.deprecationWarning)
        }
        return LoadedContextValues()
    }
}

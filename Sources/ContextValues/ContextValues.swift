package import Failures

/// The loading of the values that functions find in their context's configuration.
package enum ContextValues {
    /// The files that may contain the values, in descending order of precedence. All but the first are deprecated.
    package static let fileNames = ContextValuesFile.allCases.map(\.rawValue)

    /// Loads the values from the first of `fileNames` that exists.
    ///
    /// A missing file, an empty file and a file of only comments give no values, which is not an error.
    /// - Parameter workspaceRoot: the path of the folder that contains the file.
    /// - Throws: ``Failure`` with the code `configuration-invalid` if the file cannot be read, is not UTF-8, is not
    ///   valid, or is not a mapping at the top.
    package static func load(from workspaceRoot: String) throws(Failure) -> LoadedContextValues {
        for file in ContextValuesFile.allCases {
            guard let bytes = try file.bytes(in: workspaceRoot) else { continue }
            return LoadedContextValues(
                values: try file.values(of: bytes), source: file.rawValue, deprecationWarning: file.deprecationWarning)
        }
        return LoadedContextValues()
    }
}

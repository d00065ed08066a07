package import Failures
package import Values

/// The description of the app whose functions are served, as its author gives it with `#AppDescription`.
package struct AppDescription {
    package var shortName: String?
    package var description: String?
    package var place: SourcePlace

    /// Reads the record that `#AppDescription` left in the plugin. Returns nil if the record is of another kind.
    package init?(metadata: JSONValue, in folder: FunctionsFolder) {
        guard let members = metadata["appDescription"]?.object, let file = metadata["file"]?.string,
            let line = metadata["line"]?.integer, let shown = folder.shown(file)
        else { return nil }
        shortName = members["shortName"]?.string
        description = members["description"]?.string
        place = SourcePlace(file: shown, line: Int(line), column: metadata["column"]?.integer.map { Int($0) })
    }
}

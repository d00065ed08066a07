package import Failures

/// The description of the app whose functions are served, as its author gives it with `#AppDescription`.
package struct AppDescription {
    package var shortName: String?
    package var description: String?
    package var place: SourcePlace

    /// Takes the description from a record. Returns nil if the record is of another kind.
    package init?(_ record: PluginRecord, in folder: FunctionsFolder) {
        guard let app = record.appDescription, let shown = folder.shown(record.file) else { return nil }
        shortName = app.shortName
        description = app.description
        place = SourcePlace(file: shown, line: record.line, column: record.column)
    }
}

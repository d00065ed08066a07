package import Failures

/// The folder of the functions' sources.
package struct FunctionsFolder: Hashable, Sendable {
    /// An absolute path without symbolic links, as the compiler was told it.
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// The path of a file within the folder; nil for a file elsewhere.
    ///
    /// - Parameter file: an absolute path.
    func inner(_ file: String) -> Substring? {
        file.hasPrefix(path + "/") ? file.dropFirst(path.count + 1) : nil
    }

    /// A file of the folder as it is shown, by its path from the workspace; nil for a file elsewhere.
    ///
    /// - Parameter file: an absolute path.
    package func shown(_ file: String) -> String? {
        inner(file).map { "\(path.split(separator: "/").last ?? "functions")/\($0)" }
    }

    /// A place in the folder as it is shown; nil for a place elsewhere.
    package func shown(_ place: SourcePlace) -> SourcePlace? {
        shown(place.file).map { SourcePlace(file: $0, line: place.line, column: place.column) }
    }
}

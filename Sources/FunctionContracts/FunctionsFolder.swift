package import Failures

/// The folder of the functions' sources.
package struct FunctionsFolder: Hashable, Sendable {
    /// The absolute path without symbolic links, as it was given to the compiler.
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// Returns the path of a file within the folder, or nil for a file elsewhere.
    ///
    /// - Parameter file: an absolute path.
    func inner(_ file: String) -> Substring? {
        file.hasPrefix(path + "/") ? file.dropFirst(path.count + 1) : nil
    }

    /// Returns the path of a file in the folder as it is shown, relative to the workspace, or nil for a file elsewhere.
    ///
    /// - Parameter file: an absolute path.
    package func shown(_ file: String) -> String? {
        inner(file).map { "\(path.split(separator: "/").last ?? "functions")/\($0)" }
    }

    /// Returns a place in the folder as it is shown, or nil for a place elsewhere.
    package func shown(_ place: SourcePlace) -> SourcePlace? {
        shown(place.file).map { SourcePlace(file: $0, line: place.line, column: place.column) }
    }
}

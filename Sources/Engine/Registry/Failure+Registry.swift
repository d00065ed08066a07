import Failures
import FunctionContracts

/// The failures of functions that compile but cannot be served.
extension Failure {
    /// Returns the failure for two functions with the same path.
    ///
    /// - Parameter places: the places of both functions, in the order of the plugin's records.
    static func duplicatePath(_ path: String, places: [SourcePlace]) -> Failure {
        cannotBeServed(
            "two functions are exposed as '\(path)', at \(places.map(\.description).joined(separator: " and ")): "
                + "give one of them another name, as in @Exposed(\"other_name\")",
            at: places[places.count - 1])
    }

    /// Returns the failure for a function in a file or folder whose name cannot be part of a call.
    static func uncallable(_ function: FunctionRecord) -> Failure {
        cannotBeServed(
            "'\(function.path)' cannot be called: rename the file or folder so that its name has no spaces, "
                + "slashes or dots at its ends", at: function.place)
    }

    /// Returns the failure for an app with more than one description.
    static func appDescribedTwice(at places: [SourcePlace]) -> Failure {
        cannotBeServed(
            "the app is described twice, at \(places.map(\.description).joined(separator: " and ")): "
                + "remove one #AppDescription", at: places[places.count - 1])
    }

    private static func cannotBeServed(_ message: String, at place: SourcePlace) -> Failure {
        let place = Diagnostic.Place(file: place.file, line: place.line, column: place.column)
        return Failure(
            .buildFailed, "The functions cannot be served: 1 error",
            details: .build([Diagnostic(.error, message, at: place)]))
    }
}

package import Failures
import FunctionContracts

/// A reason why functions that compile cannot be served.
package struct RegistryProblem: Error, Equatable {
    /// The message for the author.
    package let message: String
    /// The place at which the author can fix the problem.
    package let place: SourcePlace

    /// Returns the problem of two functions with the same path.
    ///
    /// - Parameter places: the places of both functions, in the order of the plugin's records.
    static func duplicatePath(_ path: String, places: [SourcePlace]) -> RegistryProblem {
        RegistryProblem(
            message:
                "two functions are exposed as '\(path)', at \(places.map(\.description).joined(separator: " and ")): "
                + "give one of them another name, as in @Exposed(\"other_name\")",
            place: places[places.count - 1])
    }

    /// Returns the problem of a function in a file or folder whose name cannot be part of a call.
    static func uncallable(_ function: FunctionRecord) -> RegistryProblem {
        RegistryProblem(
            message: "'\(function.path)' cannot be called: rename the file or folder so that its name has no spaces, "
                + "slashes or dots at its ends", place: function.place)
    }

    /// Returns the problem of an app with more than one description.
    static func appDescribedTwice(at places: [SourcePlace]) -> RegistryProblem {
        RegistryProblem(
            message: "the app is described twice, at \(places.map(\.description).joined(separator: " and ")): "
                + "remove one #AppDescription",
            place: places[places.count - 1])
    }
}

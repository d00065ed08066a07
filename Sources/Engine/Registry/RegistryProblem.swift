package import Failures
package import FunctionContracts

/// Why functions that compile cannot be served.
package struct RegistryProblem: Error, Equatable {
    /// What the author reads.
    package let message: String
    /// Where it is to be mended.
    package let place: SourcePlace

    /// Two functions under one path.
    ///
    /// - Parameter places: of both, in the order of the plugin's records.
    static func duplicatePath(_ path: String, places: [SourcePlace]) -> RegistryProblem {
        RegistryProblem(
            message:
                "two functions are exposed as '\(path)', at \(places.map(\.description).joined(separator: " and ")): "
                + "give one of them another name, as in @Exposed(\"other_name\")",
            place: places[places.count - 1])
    }

    /// A function in a file or folder whose name no call can name.
    static func uncallable(_ function: FunctionRecord) -> RegistryProblem {
        RegistryProblem(
            message: "'\(function.path)' cannot be called: rename the file or folder so that its name has no spaces, "
                + "slashes or dots at its ends", place: function.place)
    }

    /// More than one description of the app.
    static func appDescribedTwice(at places: [SourcePlace]) -> RegistryProblem {
        RegistryProblem(
            message: "the app is described twice, at \(places.map(\.description).joined(separator: " and ")): "
                + "remove one #AppDescription",
            place: places[places.count - 1])
    }
}

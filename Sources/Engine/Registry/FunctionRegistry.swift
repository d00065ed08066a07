package import Failures
package import FunctionContracts
import Values

/// The exposed functions of one generation, by path.
package struct FunctionRegistry: Sendable {
    /// All functions, sorted by path.
    package let functions: [FunctionRecord]
    /// The functions by every name that a caller may use. If several functions share a name, it means the one whose
    /// path is shortened least.
    private let byName: [String: FunctionRecord]

    /// A registry without functions.
    package static let empty = FunctionRegistry(unique: [])

    private init(unique functions: [FunctionRecord]) {
        self.functions = functions.sorted { $0.path < $1.path }
        var byName: [String: FunctionRecord] = [:]
        for shortening in 0..<3 {
            for function in self.functions {
                let names = FunctionName.names(ofPath: function.path)
                if shortening < names.count, byName[names[shortening]] == nil { byName[names[shortening]] = function }
            }
        }
        self.byName = byName
    }

    /// Creates the registry of a plugin's functions.
    ///
    /// - Throws: ``Failure`` with the code `build-failed` if two functions have the same path, or if a function has a
    ///   path that no caller can write.
    package init(_ functions: [FunctionRecord]) throws(Failure) {
        var places: [String: FunctionRecord] = [:]
        for function in functions {
            if let other = places.updateValue(function, forKey: function.path) {
                throw .duplicatePath(function.path, places: [other.place, function.place])
            }
            guard (try? FunctionName(function.path)) != nil else { throw .uncallable(function) }
        }
        self.init(unique: functions)
    }

    /// The function with the given name, or nil if there is none.
    package subscript(name: FunctionName) -> FunctionRecord? { byName[name.text] }

    /// Returns the function with the given name.
    ///
    /// - Throws: ``Failure`` with the code `function-not-found`, which names the nearest paths.
    package func find(_ name: FunctionName) throws(Failure) -> FunctionRecord {
        if let function = self[name] { return function }
        let nearest = NearestNames.of(name.path, among: functions.map(\.path), count: 3)
        throw Failure(
            .functionNotFound, Self.notFoundMessage(name),
            remedy: nearest.isEmpty
                ? "No function is exposed: write @Exposed before one in the functions folder."
                : "Did you mean \(nearest.joined(separator: " or "))? Only functions with @Exposed can be called.",
            details: .nearest(nearest))
    }

    /// Returns the message of the wire contract for a function that does not exist.
    package static func notFoundMessage(_ name: FunctionName) -> String {
        "Not found, function '\(name.displayed)' does not exist or is not exposed"
    }
}

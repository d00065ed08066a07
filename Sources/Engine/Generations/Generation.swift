package import FunctionContracts
import Failures
import WorkerPool

/// One build's functions and their workers.
package struct Generation {
    package let number: Int
    package let registry: FunctionRegistry
    /// The app's description, if its author gives one.
    package let app: AppDescription?
    let pool: WorkerPool
    let schemas: SchemaBook
}

/// The functions that serve calls once every change is processed.
struct Settled {
    /// The last build that could be put into effect, or nil if there was none.
    var generation: Generation?
    /// The failure of the current sources.
    var broken: BrokenBuild?

    /// Returns the function with the given name. After a failed build, throws its failure for unknown functions and for
    /// those in the files that the failure affects.
    func find(_ name: FunctionName, in generation: Generation) throws(Failure) -> FunctionRecord {
        guard let broken else { return try generation.registry.find(name) }
        guard let unbroken = generation.registry[name], !broken.files.contains(unbroken.place.file) else {
            throw broken.failure
        }
        return unbroken
    }
}

package import FunctionContracts
import Failures
import WorkerPool

/// One build's functions and their workers.
package struct Generation {
    package let number: Int
    package let registry: FunctionRegistry
    /// The app's description, where its author gives one.
    package let app: AppDescription?
    let pool: WorkerPool
    let schemas: SchemaBook
}

/// The functions that answer calls once every change is looked at.
struct Settled {
    /// The last build that could be put into effect; nil when there was none.
    var generation: Generation?
    /// The failure of the sources as they are now.
    var broken: BrokenBuild?

    /// The function of a name; a build that failed stands for those of the files that do not build.
    func find(_ name: FunctionName, in generation: Generation) throws(Failure) -> FunctionRecord {
        guard let broken else { return try generation.registry.find(name) }
        guard let unbroken = generation.registry[name], !broken.files.contains(unbroken.place.file) else {
            throw broken.failure
        }
        return unbroken
    }
}

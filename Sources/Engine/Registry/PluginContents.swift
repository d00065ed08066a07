import Failures
import FunctionContracts
import NIOCore
import Values

/// The contents of a plugin, as its worker describes them.
struct PluginContents {
    private(set) var functions: [FunctionRecord] = []
    private(set) var app: AppDescription?

    /// Reads the records of a plugin.
    ///
    /// - Throws: ``Failure`` for records that cannot be read, which is a programming error, and ``RegistryProblem``
    ///   if the app is described twice.
    init(_ description: ByteBuffer, in folder: FunctionsFolder) throws {
        guard let list = (try? JSONValue(parsing: description.readableBytesUInt8Span))?.array else {
            throw Failure(.internalError, "The plugin's description cannot be read")
        }
        for (index, metadata) in list.enumerated() {
            if let found = AppDescription(metadata: metadata, in: folder) {
                if let app { throw RegistryProblem.appDescribedTwice(at: [app.place, found.place]) }
                app = found
            } else if let record = FunctionRecord(index: index, metadata: metadata, in: folder) {
                functions.append(record)
            } else {
                throw Failure(.internalError, "The plugin's record \(index) cannot be read")
            }
        }
    }
}

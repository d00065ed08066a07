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
    /// - Throws: ``Failure`` for records that cannot be read, which is a programming error, and for an app that is
    ///   described twice.
    init(_ description: ByteBuffer, in folder: FunctionsFolder) throws(Failure) {
        guard let list = (try? JSONValue(parsing: description.readableBytesUInt8Span))?.array else {
            throw Failure(.internalError, "The plugin's description cannot be read")
        }
        for (index, json) in list.enumerated() {
            guard let record = try? PluginRecord(json) else { throw Self.unreadable(index) }
            if let found = AppDescription(record, in: folder) {
                if let app { throw .appDescribedTwice(at: [app.place, found.place]) }
                app = found
            } else if let function = FunctionRecord(record, index: index, in: folder) {
                functions.append(function)
            } else {
                throw Self.unreadable(index)
            }
        }
    }

    private static func unreadable(_ index: Int) -> Failure {
        Failure(.internalError, "The plugin's record \(index) cannot be read")
    }
}

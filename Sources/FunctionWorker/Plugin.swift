import CloudFunctions
import Failures
import FunctionContracts
import Glibc
import WorkerProtocol

/// A loaded plugin: its exposed functions in the order of their records. A plugin is never unloaded.
struct Plugin: Sendable {
    let functions: [__ExposedFunction]
    /// An address in the plugin's code, or nil if it exposes nothing.
    let codeAddress: UInt?

    /// Loads a plugin and reads its records.
    ///
    /// - Throws: ``Failure`` if the dynamic linker rejects the file.
    init(path: String) throws(Failure) {
        guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw .notLoaded(Self.linkerMessage())
        }
        // Without an exposed function, there is no section and there are no symbols.
        guard let start = unsafe dlsym(handle, PluginSymbol.sectionStart),
            let stop = unsafe dlsym(handle, PluginSymbol.sectionStop)
        else {
            functions = []
            codeAddress = nil
            return
        }
        typealias Record = @convention(c) (UnsafeMutableRawPointer) -> Void
        let count = unsafe (stop - start) / MemoryLayout<Record>.stride
        let records = unsafe UnsafeBufferPointer(start: start.assumingMemoryBound(to: Record.self), count: count)
        let memory = UnsafeMutablePointer<__ExposedFunction>.allocate(capacity: count)
        for index in 0..<count { unsafe records[index](memory + index) }
        functions = unsafe Array(UnsafeBufferPointer(start: memory, count: count))
        codeAddress = unsafe start.loadUnaligned(as: UInt.self)
        unsafe memory.deinitialize(count: count)
        unsafe memory.deallocate()
    }

    /// All records as one JSON array, for ``WorkerMessage/description``.
    var description: [UInt8] {
        var json: [UInt8] = [UInt8(ascii: "[")]
        for (index, function) in functions.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json.append(contentsOf: "\(function.metadata)".utf8)
        }
        json.append(UInt8(ascii: "]"))
        return json
    }

    private static func linkerMessage() -> String {
        guard let message = unsafe dlerror() else { return "no reason given" }
        return unsafe String(cString: message)
    }
}

extension Failure {
    /// Returns the failure for a plugin that the dynamic linker rejects.
    fileprivate static func notLoaded(_ reason: String) -> Failure {
        Failure(
            .workerUnavailable, "The functions were built but cannot be loaded: \(reason)",
            remedy:
                "A symbol that is missing belongs to a package: "
                + "name its product in functionDependencies in Package.swift.")
    }
}

import Failures
import FoundationEssentials
import Glibc
import Runtime
import Synchronization
import Values

/// The lines of the functions in which errors were thrown.
final class ThrowPlaces: Sendable {
    private let recorder: ThrowRecorder
    private let images: ImageMap
    private let functionsFolder: String
    /// The places that were looked up before, because the same line may throw in each call.
    private let known = Mutex<[[CodeAddress]: SourcePlace?]>([:])

    /// Starts recording where errors are thrown. It must be created only once, before other threads start.
    ///
    /// - Parameters:
    ///   - plugin: the functions.
    ///   - functionsFolder: the folder of their sources, as it was given to the compiler.
    /// - Returns: the recorded places, or nil if recording is not possible.
    init?(of plugin: Plugin, functionsFolder: String) {
        let images = ImageMap.capture()
        guard let address = plugin.codeAddress, let code = images.code(at: address),
            let runtime = unsafe images.code(at: UInt(bitPattern: dlsym(nil, "swift_job_run"))),
            let recorder = ThrowRecorder.install(StackWalk(code: code, concurrencyRuntime: runtime))
        else { return nil }
        self.images = images
        self.recorder = recorder
        self.functionsFolder = functionsFolder
    }

    /// Forgets the errors thrown so far, because a call begins.
    func beginCall() {
        recorder.clear()
    }

    /// Returns the innermost line of the functions that an error came from when it was thrown, or nil if it is not
    /// known.
    ///
    /// The file of the place is an absolute path.
    func place(of error: any Error) -> SourcePlace? {
        let callers = recorder.callers(of: error)
        guard !callers.isEmpty else { return nil }
        if let place = known.withLock({ $0[callers] }) { return place }
        // The runtime keeps everything that it reads and maps for this until the thread ends. Otherwise, a crash
        // report would find the plugin mapped twice.
        let thread = startThread { [self] in
            let place = lookUp(callers)
            known.withLock { $0[callers] = place }
        }
        guard let thread else { return nil }
        pthread_join(thread, nil)
        return known.withLock { $0[callers] } ?? nil
    }

    private func lookUp(_ callers: [CodeAddress]) -> SourcePlace? {
        guard let frames = Backtrace(callers)?.symbolicated(with: images, options: [.showSourceLocations])?.frames
        else { return nil }
        for case let location? in frames.map({ $0.symbol?.sourceLocation }) {
            // Code that the compiler made has line 0, and code that a macro made lies elsewhere.
            guard location.line > 0, location.path.hasPrefix(functionsFolder + "/") else { continue }
            return SourcePlace(
                file: location.path, line: location.line, column: location.column > 0 ? location.column : nil)
        }
        return nil
    }
}

extension ImageMap {
    /// Returns the addresses of the library or program that contains the given one, or nil if none does.
    fileprivate func code(at address: UInt) -> Range<UInt>? {
        guard let index = Backtrace.Address(address).flatMap(indexOfImage),
            let start = UInt(self[index].baseAddress), let end = UInt(self[index].endOfText), start < end
        else { return nil }
        return start..<end
    }
}

extension Backtrace {
    /// Creates a backtrace from addresses that were captured by other means.
    ///
    /// The runtime's own capture takes 3 to 10 µs, and relies on all code keeping frame pointers.
    fileprivate init?(_ addresses: [CodeAddress]) {
        // The format is described in swift/docs/CompactBacktraceFormat.md: version 0 with words of 64 bits, then an
        // operation and an absolute address each.
        var compact: [UInt8] = [0x02]
        for address in addresses {
            compact.append(address.isResumePoint ? 0x3F : 0x2F)
            unsafe withUnsafeBytes(of: address.value.bigEndian) { unsafe compact.append(contentsOf: $0) }
        }
        compact.append(0)
        #if arch(x86_64)
            let architecture = "x86_64"
        #else
            let architecture = "arm64"
        #endif
        let json: JSONValue = [
            "architecture": .string(architecture), "backtrace": .string(Data(compact).base64EncodedString()),
        ]
        guard let backtrace = try? ValueDecoder().decode(Backtrace.self, from: json) else { return nil }
        self = backtrace
    }
}

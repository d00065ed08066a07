import Failures
import FoundationEssentials
import Glibc
import Runtime
import Synchronization
import Values

/// Tells in which line of the functions an error was thrown.
final class ThrowPlaces: Sendable {
    private let recorder: ThrowRecorder
    private let images: ImageMap
    private let functionsFolder: String
    /// What was looked up before, as the same line may throw in each call.
    private let known = Mutex<[[CodeAddress]: SourcePlace?]>([:])

    /// Notes from now on where errors are thrown; to be made once, before other threads start.
    ///
    /// - Parameters:
    ///   - plugin: the functions.
    ///   - functionsFolder: the folder of their sources, as the compiler was told it.
    /// - Returns: nil where that is not possible.
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

    /// Forgets what was thrown so far: a call begins.
    func beginCall() {
        recorder.clear()
    }

    /// The innermost line of the functions that an error came from when it was thrown, nil when that is not known.
    ///
    /// - Returns: a place whose file is an absolute path.
    func place(of error: any Error) -> SourcePlace? {
        let callers = recorder.callers(of: error)
        guard !callers.isEmpty else { return nil }
        if let place = known.withLock({ $0[callers] }) { return place }
        // What the runtime reads and maps for that it keeps until the thread ends; a crash report would find the plugin mapped twice.
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
            // What the compiler made has line 0, and what a macro made lies elsewhere.
            guard location.line > 0, location.path.hasPrefix(functionsFolder + "/") else { continue }
            return SourcePlace(
                file: location.path, line: location.line, column: location.column > 0 ? location.column : nil)
        }
        return nil
    }
}

extension ImageMap {
    /// The addresses of the library or program that has this one; nil when none has.
    fileprivate func code(at address: UInt) -> Range<UInt>? {
        guard let index = Backtrace.Address(address).flatMap(indexOfImage),
            let start = UInt(self[index].baseAddress), let end = UInt(self[index].endOfText), start < end
        else { return nil }
        return start..<end
    }
}

extension Backtrace {
    /// A backtrace of addresses that were captured otherwise: the runtime's own way costs 3 to 10 µs, and trusts that all code keeps
    /// frame pointers.
    fileprivate init?(_ addresses: [CodeAddress]) {
        // swift/docs/CompactBacktraceFormat.md: version 0 with words of 64 bits, then an operation and an absolute address each.
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

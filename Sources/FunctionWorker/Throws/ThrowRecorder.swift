@unsafe @preconcurrency import Glibc
import Synchronization

/// Remembers where the last errors were thrown: the runtime tells before each throw, also of errors that are caught.
final class ThrowRecorder: Sendable {
    private struct Record {
        /// Where the error lies; 0 for a typed throw, whose error may lie anywhere.
        var box: UInt
        /// Keeps the memory, not the error, so that no other error comes to lie there. Never to be read.
        unowned var memory: (any AnyObject & Sendable)?
        /// The type of an error without a box.
        var type: UInt
        var callers: [CodeAddress]
    }

    private static let most = 16
    private let walk: StackWalk
    /// The newest last.
    private let records = Mutex<[Record]>([])

    /// This process's; set once, before anything throws.
    nonisolated(unsafe) private static var installed: ThrowRecorder?

    private init(walk: StackWalk) {
        self.walk = walk
    }

    /// Has the runtime tell of throws from now on; to be called once, before other threads start.
    ///
    /// - Parameter walk: finds the functions' code; throws that it did not lead to are not recorded.
    /// - Returns: nil when the runtime does not offer that.
    static func install(_ walk: StackWalk) -> ThrowRecorder? {
        typealias Hook = @convention(c) (UnsafeRawPointer) -> Void
        typealias TypedHook = @convention(c) (_ error: UInt, _ type: UInt, _ conformance: UInt) -> Void
        guard let hook = unsafe dlsym(nil, "_swift_willThrow"),
            let typedHook = unsafe dlsym(nil, "_swift_willThrowTypedImpl")
        else { return nil }
        let recorder = ThrowRecorder(walk: walk)
        unsafe installed = recorder
        let thrown: Hook = { box in unsafe ThrowRecorder.installed?.add(box: box) }
        let thrownTyped: TypedHook = { _, type, _ in unsafe ThrowRecorder.installed?.add(type: type) }
        unsafe hook.assumingMemoryBound(to: Optional<Hook>.self).pointee = thrown
        unsafe typedHook.assumingMemoryBound(to: Optional<TypedHook>.self).pointee = thrownTyped
        return recorder
    }

    private func add(box: UnsafeRawPointer) {
        let callers = walk.callers()
        guard !callers.isEmpty else { return }
        let address = UInt(bitPattern: box)
        let memory = unsafe unsafeBitCast(box, to: (any AnyObject & Sendable).self)
        records.withLock { records in
            // An error that is thrown on keeps the place where it was thrown first.
            if records.contains(where: { $0.box == address }) { return }
            Self.append(Record(box: address, memory: memory, type: 0, callers: callers), to: &records)
        }
    }

    private func add(type: UInt) {
        let callers = walk.callers()
        guard !callers.isEmpty else { return }
        records.withLock { Self.append(Record(box: 0, memory: nil, type: type, callers: callers), to: &$0) }
    }

    private static func append(_ record: Record, to records: inout [Record]) {
        if records.count == most { records.removeFirst() }
        records.append(record)
    }

    /// Where in the functions' code an error came from when it was thrown, innermost first; empty when that is not known.
    func callers(of error: any Error) -> [CodeAddress] {
        let box = unsafe unsafeBitCast(error as any Error, to: UInt.self)
        let type = UInt(bitPattern: ObjectIdentifier(Swift.type(of: error)))
        return records.withLock { records in
            if let record = records.last(where: { $0.box == box }) { return record.callers }
            // Of typed throws only the type is known: several of one type tell nothing, unless they are of one place.
            let places = Set(records.filter { $0.type == type }.map(\.callers))
            return places.count == 1 ? places.first ?? [] : []
        }
    }

    /// Forgets all, as a call begins.
    func clear() {
        records.withLock { $0.removeAll(keepingCapacity: true) }
    }
}

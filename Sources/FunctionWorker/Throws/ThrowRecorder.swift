@unsafe @preconcurrency import Glibc
import Synchronization

/// A recorder of the places where the last errors were thrown. The runtime reports each throw in advance, even if the
/// error is caught.
final class ThrowRecorder: Sendable {
    private struct Record {
        /// The address of the error, or 0 for a typed throw, whose error may lie anywhere.
        var box: UInt
        /// A reference that keeps the memory, but not the error, so that no other error is put there. It must never
        /// be read.
        unowned var memory: (any AnyObject & Sendable)?
        /// The type of an error without a box.
        var type: UInt
        var callers: [CodeAddress]
    }

    private static let most = 16
    private let walk: StackWalk
    /// The records, with the newest last.
    private let records = Mutex<[Record]>([])

    /// The recorder of this process, which is set once, before anything throws.
    nonisolated(unsafe) private static var installed: ThrowRecorder?

    private init(walk: StackWalk) {
        self.walk = walk
    }

    /// Makes the runtime report throws from now on. This must be called once, before other threads start.
    ///
    /// - Parameter walk: a walk that finds the functions' code. Throws that come from elsewhere are not recorded.
    /// - Returns: the recorder, or nil if the runtime does not offer such reports.
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
            // An error that is thrown again keeps the place where it was first thrown.
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

    /// Returns the places in the functions' code that an error came from when it was thrown, innermost first.
    ///
    /// The result is empty if the places are not known.
    func callers(of error: any Error) -> [CodeAddress] {
        let box = unsafe unsafeBitCast(error as any Error, to: UInt.self)
        let type = UInt(bitPattern: ObjectIdentifier(Swift.type(of: error)))
        return records.withLock { records in
            if let record = records.last(where: { $0.box == box }) { return record.callers }
            // Only the type is known of a typed throw. Several throws of one type are ambiguous, unless they are from
            // one place.
            let places = Set(records.filter { $0.type == type }.map(\.callers))
            return places.count == 1 ? places.first ?? [] : []
        }
    }

    /// Forgets all records, because a call begins.
    func clear() {
        records.withLock { $0.removeAll(keepingCapacity: true) }
    }
}

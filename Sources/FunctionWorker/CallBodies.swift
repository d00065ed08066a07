import CloudFunctions
import Dispatch
import Synchronization
import WorkerProtocol

/// The two bodies of a call: the one that its function reads, and the result that it writes in pieces.
///
/// Reading and writing block, because a pipe that is empty or full slows down its reader or writer. They are done on
/// other threads, so that the call's other tasks continue meanwhile.
final class CallBodies: CallStreamSource {
    private enum Progress {
        /// The function has not asked for the body.
        case notRead
        case coming
        case whole
        /// The rest of the body will not arrive.
        case cut
    }

    private let id: ActivationID
    private let calls: CallsPipe
    private let results: ResultWriter
    /// The progress of the body. The lock is held while a piece is read.
    private let progress = Mutex(Progress.notRead)
    /// Whether the call has ended. The lock is held while something is sent, so that nothing is sent afterwards.
    private let hasEnded = Mutex(false)
    private static let reading = DispatchQueue(label: "call-body.reading")
    private static let writing = DispatchQueue(label: "call-body.writing")

    init(of id: ActivationID, from calls: CallsPipe, to results: ResultWriter) {
        self.id = id
        self.calls = calls
        self.results = results
    }

    /// Ends the bodies with the call, before its result is sent. Tasks that the function has left running can neither
    /// read nor write from then on.
    func end() {
        hasEnded.withLock { $0 = true }
    }

    /// Reads and drops the part of the body that the function has not read, after the result is sent.
    func drain() {
        progress.withLock { progress in
            while case .coming = progress { _ = try? read(&progress) }
        }
    }

    func next() async throws -> [UInt8]? {
        try await onThread(of: Self.reading) { () throws(BodyError) in try self.nextPiece() }
    }

    func write(_ piece: [UInt8]) async throws {
        try await onThread(of: Self.writing) { () throws(BodyError) in try self.send(.body, piece) }
    }

    private func nextPiece() throws(BodyError) -> [UInt8]? {
        try progress.withLock { (progress) throws(BodyError) in
            if case .notRead = progress {
                try send(.wantsBody, [])
                progress = .coming
            }
            while case .coming = progress {
                let piece = try read(&progress)
                if !piece.isEmpty { return piece }
            }
            if case .cut = progress { throw .cut }
            return nil
        }
    }

    private func read(_ progress: inout Progress) throws(BodyError) -> [UInt8] {
        guard let message = try? calls.next() else { WorkerProcess.end() }
        switch EngineMessage(rawValue: message.header.kind) {
        case .body:
            if !message.header.isContinued { progress = .whole }
            return message.payload
        default:
            progress = .cut
            throw .cut
        }
    }

    private func send(_ kind: WorkerMessage, _ payload: [UInt8]) throws(BodyError) {
        try hasEnded.withLock { (hasEnded) throws(BodyError) in
            guard !hasEnded else { throw .callHasEnded }
            results.send(kind, payload, of: id)
        }
    }

    private func onThread<Value: Sendable>(
        of queue: DispatchQueue, _ body: @escaping @Sendable () throws(BodyError) -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                do throws(BodyError) {
                    continuation.resume(returning: try body())
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }
}

/// An error of a function that reads or writes a body.
enum BodyError: Error, CustomStringConvertible {
    case cut
    case callHasEnded

    var description: String {
        switch self {
        case .cut: "The rest of the body did not come: the caller has gone"
        case .callHasEnded: "The call has ended, and its bodies with it"
        }
    }
}

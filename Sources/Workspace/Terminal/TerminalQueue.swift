import Glibc
import Invocations

/// The output that the console has yet to write. Its size is limited, so that a console that is too slow costs lines
/// and not memory.
struct TerminalQueue {
    /// A piece of output.
    enum Piece: Sendable {
        /// Bytes that are written to a descriptor unchanged.
        case text([UInt8], to: CInt)
        /// Lines that a function printed, and the time at which they arrived.
        case printed(PrintedOutput, at: time_t)
    }

    private var pieces: [Piece] = []
    /// The size of ``pieces`` in bytes, including their overhead.
    private var size = 0
    /// The number of bytes left out since the last piece.
    private var leftOut = 0
    private let limit: Int
    /// The cost of a piece in addition to its bytes.
    private static let overhead = 128

    /// Creates an empty queue.
    ///
    /// - Parameter limit: the largest size of the pending pieces, in bytes.
    init(limit: Int = 2 << 20) {
        self.limit = limit
    }

    /// Adds a piece, or leaves it out if too much is pending already.
    ///
    /// - Parameter isVital: whether the piece is added no matter how much is pending.
    mutating func append(_ piece: Piece, isVital: Bool = false) {
        guard isVital || size + piece.size <= limit else {
            leftOut += piece.size
            return
        }
        sayWhatIsLeftOut()
        pieces.append(piece)
        size += piece.size + Self.overhead
    }

    /// Removes and returns all pieces, in order. The result is empty if nothing is pending.
    mutating func takeAll() -> [Piece] {
        sayWhatIsLeftOut()
        defer { (pieces, size) = ([], 0) }
        return pieces
    }

    private mutating func sayWhatIsLeftOut() {
        guard leftOut > 0 else { return }
        let tenths = (leftOut * 10) >> 20
        let amount = tenths > 0 ? "\(tenths / 10).\(tenths % 10) MB" : "\(leftOut) bytes"
        leftOut = 0
        pieces.append(
            .text(Array("… \(amount) of output left out: the console is too slow …\n".utf8), to: STDERR_FILENO))
    }
}

extension TerminalQueue.Piece {
    /// The number of bytes in the piece.
    fileprivate var size: Int {
        switch self {
        case .text(let bytes, _): bytes.count
        case .printed(let output, _): output.lines.bytes.count
        }
    }
}

import Glibc
import Ingress

/// What the console has yet to write: bounded, so that a console that is too slow costs lines and not memory.
struct ConsoleQueue {
    /// One thing to write.
    enum Piece: Sendable {
        /// Bytes for a descriptor, as they are.
        case text([UInt8], to: CInt)
        /// Lines of a function, and when they came.
        case printed(PrintedOutput, at: time_t)
    }

    private var pieces: [Piece] = []
    /// Bytes in ``pieces``.
    private var size = 0
    /// Bytes that were left out since the last piece.
    private var leftOut = 0
    private let limit: Int
    /// What a piece costs beside its bytes.
    private static let overhead = 128

    /// - Parameter limit: in bytes, of what waits.
    init(limit: Int = 2 << 20) {
        self.limit = limit
    }

    /// Takes a piece in, or leaves it out where there is too much already.
    ///
    /// - Parameter isVital: whether it is taken in whatever waits.
    mutating func append(_ piece: Piece, isVital: Bool = false) {
        guard isVital || size + piece.size <= limit else {
            leftOut += piece.size
            return
        }
        sayWhatIsLeftOut()
        pieces.append(piece)
        size += piece.size + Self.overhead
    }

    /// All that is to be written now, in its order; empty when nothing is left.
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

extension ConsoleQueue.Piece {
    /// Bytes that it holds.
    fileprivate var size: Int {
        switch self {
        case .text(let bytes, _): bytes.count
        case .printed(let output, _): output.lines.count
        }
    }
}

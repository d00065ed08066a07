/// MongoDB's own replication time, not a date of yours.
public struct BSONTimestamp: Sendable, Hashable {
    /// Seconds since 1970.
    public var seconds: UInt32
    /// Distinguishes the operations of one second.
    public var increment: UInt32

    public init(seconds: UInt32, increment: UInt32) {
        self.seconds = seconds
        self.increment = increment
    }
}

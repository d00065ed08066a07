/// A timestamp of MongoDB's own replication, not meant for your own dates.
public struct BSONTimestamp: Sendable, Hashable {
    /// The seconds since 1970.
    public var seconds: UInt32
    /// A number that distinguishes the operations within one second.
    public var increment: UInt32

    public init(seconds: UInt32, increment: UInt32) {
        self.seconds = seconds
        self.increment = increment
    }
}

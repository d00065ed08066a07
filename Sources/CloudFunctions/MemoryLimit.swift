/// The most memory that a call of a function may use.
///
/// The limit applies to the resident memory of the call's worker process. It is at least 32 MB, because a worker that
/// has not run anything already uses nearly as much. See
/// ``Exposed(_:timeout:memory:agentic:requiresHumanPermission:description:examples:inputSchema:outputSchema:meta:)``.
public struct MemoryLimit: Sendable, Hashable {
    /// The limit in units of 1,048,576 bytes.
    public let megabytes: Int

    /// Creates a limit in megabytes.
    ///
    /// - Parameter count: the limit in units of 1,048,576 bytes, 32 or more.
    public static func megabytes(_ count: Int) -> MemoryLimit { MemoryLimit(megabytes: count) }

    /// Creates a limit in gigabytes.
    ///
    /// - Parameter count: the limit in units of 1,024 megabytes, 1 or more.
    public static func gigabytes(_ count: Int) -> MemoryLimit { MemoryLimit(megabytes: count * 1_024) }
}

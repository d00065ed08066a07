/// How much memory a call of a function may use, counted as the resident memory of its worker process; see ``Exposed(_:timeout:memory:agentic:requiresHumanPermission:description:examples:inputSchema:outputSchema:meta:)``.
///
/// At least 32 MB: a worker that has not run anything has nearly as much.
public struct MemoryLimit: Sendable, Hashable {
    /// In units of 1,048,576 bytes.
    public let megabytes: Int

    /// - Parameter count: in units of 1,048,576 bytes, 32 or more.
    public static func megabytes(_ count: Int) -> MemoryLimit { MemoryLimit(megabytes: count) }

    /// - Parameter count: in units of 1,024 megabytes, 1 or more.
    public static func gigabytes(_ count: Int) -> MemoryLimit { MemoryLimit(megabytes: count * 1_024) }
}

/// The file descriptors that a worker starts with, besides the three standard ones.
///
/// Calls and results are two pipes, not one socket: a Unix stream socket wakes a blocked reader needlessly whenever
/// its peer reads.
package enum WorkerDescriptor {
    /// The worker reads ``EngineMessage``s from this descriptor.
    package static let calls: Int32 = 3
    /// The worker writes ``WorkerMessage``s to this descriptor.
    package static let results: Int32 = 4
    /// The worker reads ``ControlMessage``s from this descriptor, even while a function runs. The end of the stream
    /// means that the emulator is gone.
    package static let control: Int32 = 5
}

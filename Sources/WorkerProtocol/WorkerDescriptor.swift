/// The file descriptors a worker starts with, beside the three standard ones.
///
/// Calls and results are two pipes, not one socket: a unix stream socket wakes a blocked reader for nothing whenever its
/// peer reads.
package enum WorkerDescriptor {
    /// The worker reads ``IngressMessage``s here.
    package static let calls: Int32 = 3
    /// The worker writes ``WorkerMessage``s here.
    package static let results: Int32 = 4
    /// The worker reads ``ControlMessage``s here, also while a function runs; its end means that the ingress is gone.
    package static let control: Int32 = 5
}

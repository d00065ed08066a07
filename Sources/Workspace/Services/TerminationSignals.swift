import Dispatch
import Glibc

/// The signals by which a user or the system asks a process to end: SIGINT and SIGTERM.
enum TerminationSignals {
    /// Catches the signals, which then have no default action. Each one is an element of the stream.
    ///
    /// Returns once they are caught, so that none is lost.
    static func caught() async -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let queue = DispatchQueue(label: "termination-signals")
        let sources = [SIGINT, SIGTERM].map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { continuation.yield() }
            return source
        }
        for source in sources {
            await withCheckedContinuation { registered in
                source.setRegistrationHandler { registered.resume() }
                source.resume()
            }
        }
        // The sources may be used from any thread, but are not marked as such.
        nonisolated(unsafe) let caught = sources
        continuation.onTermination = { _ in for source in unsafe caught { source.cancel() } }
        return stream
    }
}

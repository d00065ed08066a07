import Glibc
import InvocationProtocol

/// Listens to the ingress while a function runs: cancels calls, and ends this process when the ingress is gone.
enum ControlThread {
    static func start(descriptor: Int32, currentCall: CurrentCall) {
        startThread {
            var message: UInt8 = 0
            while true {
                let count = unsafe read(descriptor, &message, 1)
                if count == 1 {
                    if ControlMessage(rawValue: message) == .cancel { currentCall.cancel() }
                } else if count == 0 || errno != EINTR {
                    // The ingress is gone, however it went: nothing of this worker may stay.
                    WorkerProcess.end()
                }
            }
        }
    }
}

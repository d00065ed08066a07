import Foundation
import Synchronization
import TestSupport

/// A call that runs on a thread of its own, so that a test can continue while the call waits for its answer.
final class BackgroundCall: Sendable {
    private let result = Mutex<Result<HTTPExchange.Answer, any Error>?>(nil)

    init(_ name: String, _ arguments: String = "", headers: [(String, String)] = [], of workspace: RunningWorkspace) {
        Thread.detachNewThread { [self] in
            let answer = Result { try workspace.call(name, arguments, headers: headers) }
            result.withLock { $0 = answer }
        }
    }

    /// Waits for the answer.
    func wait() throws -> HTTPExchange.Answer {
        try poll("the call is answered") { result.withLock { $0 } }.get()
    }
}

import Foundation
import Synchronization
import TestSupport

/// Calls that run one after the other on a thread of their own.
final class BackgroundCalls: Sendable {
    private let result = Mutex<Result<[HTTPExchange.Answer], any Error>?>(nil)

    /// Creates the calls and starts the first.
    ///
    /// - Parameter calls: the names and the arguments of the calls.
    init(of workspace: RunningWorkspace, _ calls: [(name: String, arguments: String)]) {
        Thread.detachNewThread { [self] in
            let answers = Result { try calls.map { try workspace.call($0.name, $0.arguments) } }
            result.withLock { $0 = answers }
        }
    }

    var isDone: Bool { result.withLock { $0 != nil } }

    /// Waits for the answers and returns them in the order of the calls.
    func wait() throws -> [HTTPExchange.Answer] {
        try poll("the calls are answered") { result.withLock { $0 } }.get()
    }
}

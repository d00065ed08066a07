import Invocations
import WorkerPool
import WorkerProtocol

/// The invocations that were admitted and have no outcome yet.
final class ActiveCalls: EngineObserver {
    private var ids: Set<ActivationID> = []

    var count: Int { ids.count }

    func contains(_ id: ActivationID) -> Bool { ids.contains(id) }

    func admitted(_ invocation: Invocation) {
        ids.insert(invocation.id)
    }

    func finished(_ invocation: Invocation, _ outcome: Outcome) {
        ids.remove(invocation.id)
    }
}

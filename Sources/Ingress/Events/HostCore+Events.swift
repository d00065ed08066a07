import Failures
import Values

/// What the consoles are told.
extension HostCore {
    /// The data of the event `state`, the first that a console gets: all that the other events tell, as it is now.
    var state: JSONValue {
        var state = health.object ?? [:]
        state.merge(functions.object ?? [:])
        return .object(state)
    }

    func publishBuildStarted() {
        events.publish("build-started", ["generation": health["generation"] ?? 0])
    }

    func publishBuildFailed(_ failure: Failure) {
        events.publish("build-failed", .object(failure.json))
    }

    /// Says which generation answers, whether it is new or the one before.
    func publishReloaded() {
        events.publish("reloaded", reloaded)
    }

    private var reloaded: JSONValue {
        var reloaded: JSONObject = ["generation": health["generation"] ?? 0]
        reloaded.merge(functions.object ?? [:])
        return .object(reloaded)
    }

    func publishConfiguration() {
        switch configuration {
        case .success: events.publish("config-reloaded", .object([:]))
        case .failure(let failure): events.publish("config-failed", .object(failure.json))
        }
    }
}

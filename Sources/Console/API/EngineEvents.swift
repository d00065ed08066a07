import Engine
import Failures
import Invocations
import Values
import WorkerPool

/// An observer that publishes the console's events about builds, reloads and the configuration.
final class EngineEvents: EngineObserver {
    private let feed: EventFeed
    private unowned let engine: EngineCore

    /// - Parameter engine: the observed engine, which must outlive the observer.
    init(_ feed: EventFeed, _ engine: EngineCore) {
        self.feed = feed
        self.engine = engine
    }

    func buildBegan() {
        feed.publish("build-started", ["generation": engine.status.generationJSON])
    }

    func buildFailed(_ failure: Failure) {
        feed.publish("build-failed", .object(failure.json))
    }

    func reloaded() {
        let status = engine.status
        feed.publish("reloaded", ["generation": status.generationJSON, "functions": status.functionsJSON])
    }

    func configured(_ failure: Failure?) {
        if let failure {
            feed.publish("config-failed", .object(failure.json))
        } else {
            feed.publish("config-reloaded", .object([:]))
        }
    }
}

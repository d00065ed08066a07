import CoreMetrics
import Engine
import Failures
import Invocations
import NIOCore
import PrometheusMetrics
import WorkerPool

/// The counters and timers of the emulator, for `GET /_/metrics`. They may be used only on the event loop.
final class IngressMetrics: EngineObserver {
    private struct Counted: Hashable {
        var function: String
        var outcome: String
    }

    private let registry = PrometheusRegistry(
        help: [
            "ingress_calls_total": "Calls by function and outcome: ok, or the code of the error.",
            "ingress_call_duration_seconds":
                "Time from a call's arrival to its answer, waiting for builds and workers included.",
            "ingress_calls_in_flight": "Calls that were taken in and not answered yet.",
            "ingress_queue_length": "Calls that wait for a worker.",
            "ingress_workers": "Workers by state.",
            "ingress_worker_starts_total": "Worker processes that were started.",
            "ingress_worker_ends_total": "Worker processes that ended, by reason.",
            "ingress_build_duration_seconds": "Time that builds of the functions took, by outcome.",
            "ingress_reload_duration_seconds": "Time from a change to the generation that has it in effect.",
        ],
        buckets: [
            0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
        ])
    private var calls: [Counted: Counter] = [:]
    private var durations: [String: Timer] = [:]

    func finished(_ invocation: Invocation, _ outcome: Outcome) {
        guard invocation.cause != .description else { return }
        let counted = Counted(function: outcome.function ?? "", outcome: outcome.failure?.code.rawValue ?? "ok")
        counter(of: counted).increment()
        timer(of: counted.function).recordNanoseconds(outcome.timings.total.nanoseconds)
    }

    func workerStarted(_ worker: WorkerIdentity) {
        Counter(label: "ingress_worker_starts", factory: registry).increment()
    }

    func workerEnded(_ worker: WorkerIdentity, because reason: String) {
        Counter(label: "ingress_worker_ends", dimensions: [("reason", reason)], factory: registry).increment()
    }

    func built(in time: Duration, succeeded: Bool) {
        let dimensions = [("outcome", succeeded ? "ok" : "failed")]
        Timer(label: "ingress_build_duration", dimensions: dimensions, factory: registry)
            .recordNanoseconds(TimeAmount(time).nanoseconds)
    }

    func reloaded(in time: Duration) {
        Timer(label: "ingress_reload_duration", factory: registry).recordNanoseconds(TimeAmount(time).nanoseconds)
    }

    /// The body of `GET /_/metrics`.
    func exposition(of status: EngineStatus) -> String {
        for (state, count) in status.workers {
            Meter(label: "ingress_workers", dimensions: [("state", state)], factory: registry).set(count)
        }
        Meter(label: "ingress_queue_length", factory: registry).set(status.waitingForWorker)
        Meter(label: "ingress_calls_in_flight", factory: registry).set(status.callsInFlight)
        return registry.exposition()
    }

    private func counter(of outcome: Counted) -> Counter {
        if let counter = calls[outcome] { return counter }
        let dimensions = [("function", outcome.function), ("outcome", outcome.outcome)]
        let counter = Counter(label: "ingress_calls", dimensions: dimensions, factory: registry)
        calls[outcome] = counter
        return counter
    }

    private func timer(of function: String) -> Timer {
        if let timer = durations[function] { return timer }
        let timer = Timer(label: "ingress_call_duration", dimensions: [("function", function)], factory: registry)
        durations[function] = timer
        return timer
    }
}

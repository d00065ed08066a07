import CoreMetrics
import TestSupport
import Testing

@testable import PrometheusMetrics

@Suite(.supervised)
struct PrometheusRegistryTests {
    private let registry = PrometheusRegistry(
        help: ["http.calls": "Calls,\nby \\ path"], buckets: [0.005, 0.1, 2])

    @Test func countersEndInTotal() {
        let counter = Counter(
            label: "http.calls", dimensions: [("path", "/a\"b\\c\nd"), ("code", "ok")], factory: registry)
        counter.increment()
        counter.increment(by: 2)
        Counter(label: "http.calls", dimensions: [("code", "ok"), ("path", "/")], factory: registry).increment()
        #expect(
            registry.exposition() == #"""
                # TYPE http_calls_total counter
                http_calls_total{code="ok",path="/"} 1
                http_calls_total{code="ok",path="/a\"b\\c\nd"} 3

                """#)
    }

    @Test func helpStandsBeforeTheType() {
        let registry = PrometheusRegistry(help: ["workers": "All,\nby \\"], buckets: [])
        Meter(label: "workers", factory: registry).set(2.5)
        Gauge(label: "queue-length", factory: registry).record(7)
        #expect(
            registry.exposition() == #"""
                # TYPE queue_length gauge
                queue_length 7
                # HELP workers All,\nby \\
                # TYPE workers gauge
                workers 2.5

                """#)
    }

    @Test func timersAreHistogramsInSeconds() {
        let timer = CoreMetrics.Timer(label: "call.duration", dimensions: [("f", "a")], factory: registry)
        for nanoseconds in [5_000_000, 6_000_000, 50_000_000, 10_000_000_000] as [Int64] {
            timer.recordNanoseconds(nanoseconds)
        }
        #expect(
            registry.exposition() == """
                # TYPE call_duration_seconds histogram
                call_duration_seconds_bucket{f="a",le="0.005"} 1
                call_duration_seconds_bucket{f="a",le="0.1"} 3
                call_duration_seconds_bucket{f="a",le="2"} 3
                call_duration_seconds_bucket{f="a",le="+Inf"} 4
                call_duration_seconds_sum{f="a"} 10.061
                call_duration_seconds_count{f="a"} 4

                """)
    }

    @Test func theSameLabelsAreTheSameSeries() {
        for _ in 0..<3 { Counter(label: "a", dimensions: [("x", "1")], factory: registry).increment() }
        #expect(registry.exposition().hasSuffix("a_total{x=\"1\"} 3\n"))
    }

    @Test func aDestroyedSeriesIsGone() {
        let counter = Counter(label: "a", factory: registry)
        counter.increment()
        counter.destroy()
        #expect(registry.exposition() == "")
    }

    @Test(arguments: [(Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (1e20, "1e+20"), (-0.5, "-0.5")])
    func oddNumbersAreWritten(value: Double, text: String) {
        Meter(label: "m", factory: registry).set(value)
        #expect(registry.exposition().hasSuffix("m \(text)\n"))
    }

    @Test(arguments: [("a.b-c", "a_b_c"), ("9lives", "_9lives"), ("größe", "gr__e"), ("", "_"), ("ok:yes", "ok:yes")])
    func namesAreMadeValid(label: String, name: String) {
        Meter(label: label, factory: registry).set(1)
        #expect(registry.exposition().hasSuffix("\(name) 1\n"))
    }

    @Test func nothingIsLostWhenManyRecordAtOnce() async {
        let registry = registry
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let counter = Counter(label: "many", factory: registry)
                    for _ in 0..<10_000 { counter.increment() }
                }
            }
        }
        #expect(registry.exposition().contains("many_total 80000\n"))
    }
}

import CoreMetrics
import Synchronization

/// The types of metrics, as Prometheus names them.
enum SeriesKind: String {
    case counter, gauge, histogram
}

/// One metric with one set of labels.
protocol Series: AnyObject, Sendable {
    /// Returns the lines of the metric in the text format.
    ///
    /// - Parameter labels: the labels, as in `{path="/"}`, or empty text.
    func lines(name: String, labels: String) -> String
}

final class CounterSeries: Series, CounterHandler {
    private let value = Atomic<Int64>(0)

    func increment(by amount: Int64) { value.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { value.store(0, ordering: .relaxed) }

    func lines(name: String, labels: String) -> String { "\(name)\(labels) \(value.load(ordering: .relaxed))\n" }
}

final class FloatingPointCounterSeries: Series, FloatingPointCounterHandler {
    private let value = Mutex(0.0)

    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func reset() { value.withLock { $0 = 0 } }

    func lines(name: String, labels: String) -> String {
        "\(name)\(labels) \(PrometheusText.number(value.withLock { $0 }))\n"
    }
}

final class GaugeSeries: Series, MeterHandler, RecorderHandler {
    private let value = Mutex(0.0)

    func set(_ new: Int64) { set(Double(new)) }
    func set(_ new: Double) { value.withLock { $0 = new } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ new: Int64) { set(new) }
    func record(_ new: Double) { set(new) }

    func lines(name: String, labels: String) -> String {
        "\(name)\(labels) \(PrometheusText.number(value.withLock { $0 }))\n"
    }
}

final class HistogramSeries: Series, RecorderHandler, TimerHandler {
    private struct Observations {
        /// The number of observations in each bucket alone. The last bucket is beyond all bounds.
        var counts: [Int]
        var sum = 0.0
    }

    private let buckets: [Double]
    private let observations: Mutex<Observations>

    init(buckets: [Double]) {
        self.buckets = buckets
        observations = Mutex(Observations(counts: Array(repeating: 0, count: buckets.count + 1)))
    }

    func record(_ value: Int64) { record(Double(value)) }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func record(_ value: Double) {
        let bucket = buckets.firstIndex { value <= $0 } ?? buckets.count
        observations.withLock {
            $0.counts[bucket] += 1
            $0.sum += value
        }
    }

    func lines(name: String, labels: String) -> String {
        let (counts, sum) = observations.withLock { ($0.counts, $0.sum) }
        let inner = labels.isEmpty ? "" : labels.dropFirst().dropLast() + ","
        var total = 0
        var text = ""
        for (count, bound) in zip(counts, buckets + [.infinity]) {
            total += count
            text += "\(name)_bucket{\(inner)le=\"\(PrometheusText.number(bound))\"} \(total)\n"
        }
        return text + "\(name)_sum\(labels) \(PrometheusText.number(sum))\n\(name)_count\(labels) \(total)\n"
    }
}

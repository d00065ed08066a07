package import CoreMetrics
import Synchronization

/// A registry that keeps the values of metrics and writes them in Prometheus's text format.
///
/// Two metrics with the same label and dimensions share their values. One label cannot be used for two kinds of
/// metrics: that is a mistake in the program, and ends it.
///
/// Source: Prometheus's "Exposition formats", version 0.0.4; swift-metrics' `MetricsFactory`.
package final class PrometheusRegistry: Sendable {
    /// The content type of ``exposition()``.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private struct Family {
        var kind: SeriesKind
        var series: [String: any Series] = [:]
    }

    private let help: [String: String]
    private let buckets: [Double]
    private let families = Mutex<[String: Family]>([:])

    /// Creates a registry.
    ///
    /// - Parameters:
    ///   - help: descriptions of metrics, by their labels.
    ///   - buckets: upper bounds of all histograms, ascending, without infinity; in seconds for timers.
    package init(help: [String: String] = [:], buckets: [Double]) {
        self.help = Dictionary(help.map { (PrometheusText.name($0), $1) }) { $1 }
        self.buckets = buckets
    }

    /// Returns all metrics in the order of names and labels, each family with its help and type.
    package func exposition() -> String {
        families.withLock { families in
            families.sorted { $0.key < $1.key }.map { name, family in
                let help = self.help[name].map { "# HELP \(name) \(PrometheusText.help($0))\n" } ?? ""
                let series = family.series.sorted { $0.key < $1.key }.map { labels, series in
                    series.lines(name: name, labels: labels)
                }
                return help + "# TYPE \(name) \(family.kind.rawValue)\n" + series.joined()
            }.joined()
        }
    }

    private func series<Kept: Series>(
        _ label: String, _ dimensions: [(String, String)], _ kind: SeriesKind, suffix: String, _ make: () -> Kept
    ) -> Kept {
        var name = PrometheusText.name(label)
        if !name.hasSuffix(suffix) { name += suffix }
        let labels = PrometheusText.labels(dimensions)
        return families.withLock { families in
            var family = families[name] ?? Family(kind: kind)
            precondition(family.kind == kind, "The metric \(name) is a \(family.kind.rawValue), not a \(kind.rawValue)")
            if let kept = family.series[labels] as? Kept { return kept }
            let new = make()
            family.series[labels] = new
            families[name] = family
            return new
        }
    }

    private func remove(_ series: AnyObject) {
        families.withLock { families in
            for (name, family) in families {
                guard let labels = family.series.first(where: { $0.value === series })?.key else { continue }
                families[name]?.series[labels] = nil
                if families[name]?.series.isEmpty == true { families[name] = nil }
                return
            }
        }
    }
}

extension PrometheusRegistry: MetricsFactory {
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, .counter, suffix: "_total") { CounterSeries() }
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, dimensions, .counter, suffix: "_total") { FloatingPointCounterSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, .gauge, suffix: "") { GaugeSeries() }
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        guard aggregate else { return series(label, dimensions, .gauge, suffix: "") { GaugeSeries() } }
        return series(label, dimensions, .histogram, suffix: "") { HistogramSeries(buckets: buckets) }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, .histogram, suffix: "_seconds") { HistogramSeries(buckets: buckets) }
    }

    package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }
}

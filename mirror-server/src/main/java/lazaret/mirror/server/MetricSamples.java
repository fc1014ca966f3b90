package lazaret.mirror.server;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The counters and gauges whose values are read at a scrape. Not thread-safe.
final class MetricSamples {
  private final Map<Metric, List<Sample>> samples = new LinkedHashMap<>();

  private record Sample(Labels labels, double value) {}

  /// Adds a value.
  ///
  /// @param labels the values of its labels, in the order of the table
  void add(Metric metric, long value, String... labels) {
    Sample sample = new Sample(Labels.of(metric.labelNames(), labels), (double) value);
    samples.computeIfAbsent(metric, _ -> new ArrayList<>()).add(sample);
  }

  /// Adds a time in seconds.
  void add(Metric metric, Duration time) {
    Sample sample = new Sample(Labels.of(metric.labelNames()), time.toNanos() / 1e9);
    samples.computeIfAbsent(metric, _ -> new ArrayList<>()).add(sample);
  }

  /// Adds 1 or 0.
  void add(Metric metric, boolean is, String... labels) {
    add(metric, is ? 1 : 0, labels);
  }

  /// Adds all values of other metrics.
  void addAll(MetricSamples others) {
    samples.putAll(others.samples);
  }

  /// Returns the values in the form of the library.
  MetricSnapshots snapshots() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    samples.forEach((metric, values) -> all.metricSnapshot(snapshot(metric, values)));
    return all.build();
  }

  private static MetricSnapshot snapshot(Metric metric, List<Sample> values) {
    if (metric.type().equals(Metric.COUNTER)) {
      CounterSnapshot.Builder counter =
          CounterSnapshot.builder().name(metric.name()).help(metric.help());
      for (Sample each : values) {
        counter.dataPoint(
            CounterDataPointSnapshot.builder().labels(each.labels()).value(each.value()).build());
      }
      return counter.build();
    }
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(metric.name()).help(metric.help());
    for (Sample each : values) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder().labels(each.labels()).value(each.value()).build());
    }
    return gauge.build();
  }
}

package lazaret.bench;

import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lazaret.mirror.http.RouteKind;

/// The counters of the server by the client library.
final class LibraryMetrics implements MetricsRun.Metrics {
  private static final PrometheusProperties SETTINGS = PrometheusProperties.builder().build();
  private static final PrometheusTextFormatWriter FORMAT =
      PrometheusTextFormatWriter.builder().build();

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests = counter("lazaret_http_requests_total", "route", "status");
  private final Counter bytes = counter("lazaret_http_response_bytes_total", "route");
  private final List<Histogram> histograms = new ArrayList<>();
  private final Map<RouteKind, PerRoute> routes = new EnumMap<>(RouteKind.class);

  private record PerRoute(
      ConcurrentHashMap<Integer, CounterDataPoint> statuses,
      CounterDataPoint bytes,
      List<DistributionDataPoint> durations) {}

  /// @param durations the number of histograms for each kind of path
  LibraryMetrics(int durations) {
    for (int i = 0; i < durations; i++) {
      histograms.add(histogram("lazaret_http_request_duration_" + i + "_seconds"));
    }
    for (RouteKind kind : RouteKind.values()) {
      routes.put(
          kind,
          new PerRoute(
              new ConcurrentHashMap<>(),
              bytes.labelValues(kind.label()),
              histograms.stream().map(each -> each.labelValues(kind.label())).toList()));
    }
  }

  private Counter counter(String name, String... labels) {
    return Counter.builder(SETTINGS)
        .name(name)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private Histogram histogram(String name) {
    return Histogram.builder(SETTINGS)
        .name(name)
        .labelNames("route")
        .classicOnly()
        .classicUpperBounds(MetricsRun.BOUNDS)
        .withoutExemplars()
        .register(registry);
  }

  @Override
  public void ended(RouteKind kind, int status, long nanos) {
    PerRoute series = routes.get(kind);
    if (series == null) {
      throw new IllegalStateException("no counters for " + kind);
    }
    CounterDataPoint count = series.statuses.get(status);
    if (count == null) {
      count = requests.labelValues(kind.label(), Integer.toString(status));
      series.statuses.put(status, count);
    }
    count.inc();
    series.bytes.inc(nanos);
    for (DistributionDataPoint each : series.durations) {
      each.observe(nanos / 1e9);
    }
  }

  @Override
  public int scrape() {
    ByteArrayOutputStream text = new ByteArrayOutputStream(32_768);
    try {
      FORMAT.write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.size();
  }
}

package lazaret.mirror.server;

import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import lazaret.mirror.http.RouteKind;

/// The counts, sizes and durations of responses since the start. Thread-safe; counting costs a few
/// additions, since the series of each kind of path are looked up once.
final class HttpCounters {
  /// The upper bounds of the buckets of durations, in seconds.
  private static final double[] BOUNDS = {
    0.0001, 0.0005, 0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 30
  };

  /// The settings of the library. Otherwise it would read them from files and the environment.
  private static final PrometheusProperties SETTINGS = PrometheusProperties.builder().build();

  private static final double NANOS = 1e9;

  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final Counter requests = counter(Metric.REQUESTS);
  private final Counter refusals = counter(Metric.REFUSALS);
  private final Counter bytes = counter(Metric.BYTES);
  private final Histogram total = histogram(Metric.SECONDS);
  private final Histogram upstream = histogram(Metric.UPSTREAM_SECONDS);
  private final Histogram own = histogram(Metric.OWN_SECONDS);
  private final Map<RouteKind, PerRoute> routes = new EnumMap<>(RouteKind.class);

  HttpCounters() {
    for (RouteKind kind : RouteKind.values()) {
      String label = kind.label();
      routes.put(
          kind,
          new PerRoute(
              new ConcurrentHashMap<>(),
              bytes.labelValues(label),
              total.labelValues(label),
              upstream.labelValues(label),
              own.labelValues(label)));
    }
  }

  /// The series of one kind of path.
  private record PerRoute(
      Map<Integer, CounterDataPoint> statuses,
      CounterDataPoint bytes,
      DistributionDataPoint total,
      DistributionDataPoint upstream,
      DistributionDataPoint own) {}

  /// A response that was sent.
  ///
  /// @param code the reason of a refusal; empty if it is not a refusal
  /// @param bytes the length of the body
  /// @param nanos the duration of the request
  /// @param upstreamNanos the part of it for which the request waited for upstream
  record Sent(
      RouteKind route, int status, String code, long bytes, long nanos, long upstreamNanos) {}

  private static Counter counter(Metric metric) {
    return Counter.builder(SETTINGS)
        .name(metric.name())
        .help(metric.help())
        .labelNames(metric.labelNames())
        .withoutExemplars()
        .build();
  }

  private static Histogram histogram(Metric metric) {
    return Histogram.builder(SETTINGS)
        .name(metric.name())
        .help(metric.help())
        .labelNames(metric.labelNames())
        .classicOnly()
        .classicUpperBounds(BOUNDS)
        .withoutExemplars()
        .build();
  }

  /// Exposes the counters.
  void register(PrometheusRegistry registry) {
    registry.register(requests);
    registry.register(refusals);
    registry.register(bytes);
    registry.register(total);
    registry.register(upstream);
    registry.register(own);
  }

  void began() {
    begun.increment();
  }

  void ended(Sent sent) {
    ended.increment();
    PerRoute series = of(sent.route());
    CounterDataPoint count = series.statuses().get(sent.status());
    if (count == null) {
      count = requests.labelValues(sent.route().label(), Integer.toString(sent.status()));
      series.statuses().put(sent.status(), count);
    }
    count.inc();
    if (!sent.code().isEmpty()) {
      refusals.labelValues(sent.route().label(), sent.code()).inc();
    }
    series.bytes().inc(sent.bytes());
    series.total().observe(sent.nanos() / NANOS);
    if (sent.upstreamNanos() > 0) {
      series.upstream().observe(sent.upstreamNanos() / NANOS);
    }
    series.own().observe(Math.max(0, sent.nanos() - sent.upstreamNanos()) / NANOS);
  }

  /// Returns the number of requests since the start.
  long begunSoFar() {
    return begun.sum();
  }

  long inFlight() {
    return Math.max(0, begun.sum() - ended.sum());
  }

  private PerRoute of(RouteKind kind) {
    PerRoute series = routes.get(kind);
    if (series == null) {
      throw new IllegalStateException("no counters for " + kind);
    }
    return series;
  }
}

package lazaret.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import lazaret.mirror.http.RouteKind;

/// The counters and the text of the server before it used a client library, for comparison.
final class FormerMetrics implements MetricsRun.Metrics {
  private final Map<RouteKind, PerRoute> routes = new EnumMap<>(RouteKind.class);

  FormerMetrics() {
    for (RouteKind kind : RouteKind.values()) {
      routes.put(kind, new PerRoute());
    }
  }

  private static final class PerRoute {
    private final ConcurrentHashMap<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final List<LongAdder> buckets = new ArrayList<>();

    private PerRoute() {
      for (int i = 0; i <= MetricsRun.BOUNDS.length; i++) {
        buckets.add(new LongAdder());
      }
    }
  }

  private PerRoute of(RouteKind kind) {
    PerRoute counters = routes.get(kind);
    if (counters == null) {
      throw new IllegalStateException("no counters for " + kind);
    }
    return counters;
  }

  @Override
  public void ended(RouteKind kind, int status, long nanos) {
    PerRoute counters = of(kind);
    LongAdder count = counters.statuses.get(status);
    if (count == null) {
      count = counters.statuses.computeIfAbsent(status, _ -> new LongAdder());
    }
    count.increment();
    counters.bytes.add(nanos);
    counters.nanos.add(nanos);
    int bucket = 0;
    while (bucket < MetricsRun.BOUNDS.length && nanos > MetricsRun.BOUNDS[bucket] * 1e9) {
      bucket++;
    }
    counters.buckets.get(bucket).increment();
  }

  @Override
  public int scrape() {
    StringBuilder out = new StringBuilder(8_192);
    for (RouteKind kind : RouteKind.values()) {
      PerRoute counters = of(kind);
      String label = "route=\"" + kind.label() + '"';
      new TreeMap<>(counters.statuses)
          .forEach(
              (status, count) ->
                  out.append("lazaret_http_requests_total{")
                      .append(label)
                      .append(",status=\"")
                      .append(status)
                      .append("\"} ")
                      .append(count.sum())
                      .append('\n'));
      line(out, "response_bytes_total", label, Long.toString(counters.bytes.sum()));
      long sum = 0;
      for (int i = 0; i < MetricsRun.BOUNDS.length; i++) {
        sum += counters.buckets.get(i).sum();
        String bound = ",le=\"" + number(MetricsRun.BOUNDS[i]) + "\"";
        line(out, "request_duration_seconds_bucket", label + bound, Long.toString(sum));
      }
      String all = Long.toString(sum + counters.buckets.getLast().sum());
      line(out, "request_duration_seconds_bucket", label + ",le=\"+Inf\"", all);
      line(out, "request_duration_seconds_sum", label, number(counters.nanos.sum() / 1e9));
      line(out, "request_duration_seconds_count", label, all);
    }
    return out.length();
  }

  private static void line(StringBuilder out, String name, String labels, String value) {
    out.append("lazaret_http_").append(name).append('{').append(labels);
    out.append("} ").append(value).append('\n');
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value).replaceAll("\\.?0+$", "");
  }
}

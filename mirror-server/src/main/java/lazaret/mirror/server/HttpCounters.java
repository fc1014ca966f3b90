package lazaret.mirror.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import lazaret.mirror.http.RouteKind;

/// The counts, sizes and durations of responses since the start. Thread-safe; counting costs a few
/// additions.
final class HttpCounters {
  /// The upper bounds of the buckets of durations.
  static final List<Duration> BOUNDS =
      List.of(
          Duration.ofNanos(100_000),
          Duration.ofNanos(500_000),
          Duration.ofMillis(1),
          Duration.ofMillis(5),
          Duration.ofMillis(25),
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofMillis(2_500),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final Map<RouteKind, PerRoute> routes = new EnumMap<>(RouteKind.class);

  HttpCounters() {
    for (RouteKind kind : RouteKind.values()) {
      routes.put(kind, new PerRoute());
    }
  }

  /// The counters of one kind of path.
  static final class PerRoute {
    private final ConcurrentHashMap<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final List<LongAdder> buckets = new ArrayList<>();

    private PerRoute() {
      for (int i = 0; i <= BOUNDS.size(); i++) {
        buckets.add(new LongAdder());
      }
    }

    Map<Integer, LongAdder> statuses() {
      return statuses;
    }

    long bytes() {
      return bytes.sum();
    }

    double seconds() {
      return nanos.sum() / 1e9;
    }

    /// Returns the number of responses within a bound; the last one counts all.
    long within(int bound) {
      long sum = 0;
      for (int i = 0; i <= bound; i++) {
        sum += buckets.get(i).sum();
      }
      return sum;
    }
  }

  void began() {
    begun.increment();
  }

  void ended(RouteKind kind, int status, long bytes, long nanos) {
    ended.increment();
    PerRoute counters = of(kind);
    LongAdder count = counters.statuses.get(status);
    if (count == null) {
      count = counters.statuses.computeIfAbsent(status, _ -> new LongAdder());
    }
    count.increment();
    counters.bytes.add(bytes);
    counters.nanos.add(nanos);
    int bucket = 0;
    while (bucket < BOUNDS.size() && nanos > BOUNDS.get(bucket).toNanos()) {
      bucket++;
    }
    counters.buckets.get(bucket).increment();
  }

  long inFlight() {
    return Math.max(0, begun.sum() - ended.sum());
  }

  PerRoute of(RouteKind kind) {
    PerRoute counters = routes.get(kind);
    if (counters == null) {
      throw new IllegalStateException("no counters for " + kind);
    }
    return counters;
  }
}

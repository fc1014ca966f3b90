package lazaret.mirror.outbound;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// The counters of requests to an upstream and their results, since the start. Thread-safe; reading
/// costs a few additions, so that scrapes may be frequent.
public final class UpstreamMeters {
  private final Map<UpstreamOrigin, LongAdder> requests = new EnumMap<>(UpstreamOrigin.class);
  private final Map<UpstreamOrigin, AtomicBoolean> open = new EnumMap<>(UpstreamOrigin.class);
  private final Map<FailureKind, LongAdder> failures = new EnumMap<>(FailureKind.class);
  private final LongAdder bytes = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder redirects = new LongAdder();
  private final RateBudget budget;

  private final Supplier<Optional<String>> trouble;

  public UpstreamMeters(RateBudget budget) {
    this(budget, Optional::empty);
  }

  /// Creates counters.
  ///
  /// @param trouble returns the current problem of the upstream in one clause without paths; empty
  ///   if there is none
  public UpstreamMeters(RateBudget budget, Supplier<Optional<String>> trouble) {
    this.budget = budget;
    this.trouble = trouble;
    for (UpstreamOrigin side : UpstreamOrigin.values()) {
      requests.put(side, new LongAdder());
      open.put(side, new AtomicBoolean());
    }
    for (FailureKind kind : FailureKind.values()) {
      failures.put(kind, new LongAdder());
    }
  }

  /// Returns the problem of the upstream as a whole, in one clause without paths; empty if none is
  /// known. Reads the disk at most.
  public Optional<String> trouble() {
    return trouble.get();
  }

  /// Returns the requests that were sent to one side, including retries and redirects; for a
  /// folder, the number of files that were looked up.
  public long requests(UpstreamOrigin side) {
    return read(requests, side);
  }

  /// Returns the bytes of bodies that were received, as they came over the wire.
  public long bytes() {
    return bytes.sum();
  }

  /// Returns the number of retries.
  public long retries() {
    return retries.sum();
  }

  /// Returns the number of redirects that were followed.
  public long redirects() {
    return redirects.sum();
  }

  /// Returns the number of attempts that failed with one kind of failure.
  public long failures(FailureKind kind) {
    return read(failures, kind);
  }

  /// Returns whether requests to one side are suspended, because it failed several times in a row.
  public boolean circuitOpen(UpstreamOrigin side) {
    AtomicBoolean state = open.get(side);
    return state != null && state.get();
  }

  /// Returns the bytes that may still be received before the next midnight UTC, or -1 if there is
  /// no limit.
  public long bytesLeftToday() {
    return budget.bytesLeftToday();
  }

  /// Returns the requests that may be sent at once, or -1 if there is no limit.
  public long requestsLeft() {
    return budget.requestsLeft();
  }

  private static <K> long read(Map<K, LongAdder> counters, K key) {
    LongAdder counter = counters.get(key);
    return counter == null ? 0 : counter.sum();
  }

  private static <K> void add(Map<K, LongAdder> counters, K key) {
    LongAdder counter = counters.get(key);
    if (counter != null) {
      counter.increment();
    }
  }

  /// Counts a request.
  public void requested(UpstreamOrigin side) {
    add(requests, side);
  }

  /// Counts a failed request.
  public void failed(FailureKind kind) {
    add(failures, kind);
  }

  /// Counts received bytes.
  public void received(long count) {
    bytes.add(count);
    budget.received(count);
  }

  void retried() {
    retries.increment();
  }

  void redirected() {
    redirects.increment();
  }

  /// Records whether requests to one side are suspended.
  public void circuit(UpstreamOrigin side, boolean isOpen) {
    AtomicBoolean state = open.get(side);
    if (state != null) {
      state.set(isOpen);
    }
  }
}

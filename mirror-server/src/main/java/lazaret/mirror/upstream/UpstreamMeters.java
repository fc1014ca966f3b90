package lazaret.mirror.upstream;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// What an upstream was asked and what became of it, counted since the start. Thread-safe; reading
/// costs a few additions, so a scrape may read as often as it likes.
public final class UpstreamMeters {
  private final Map<Side, LongAdder> requests = new EnumMap<>(Side.class);
  private final Map<Side, AtomicBoolean> open = new EnumMap<>(Side.class);
  private final Map<FailureKind, LongAdder> failures = new EnumMap<>(FailureKind.class);
  private final LongAdder bytes = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder redirects = new LongAdder();
  private final Politeness politeness;

  private final Supplier<Optional<String>> trouble;

  UpstreamMeters(Politeness politeness) {
    this(politeness, Optional::empty);
  }

  /// @param trouble returns what is wrong with the upstream at this moment, in one clause without
  ///   paths
  UpstreamMeters(Politeness politeness, Supplier<Optional<String>> trouble) {
    this.politeness = politeness;
    this.trouble = trouble;
    for (Side side : Side.values()) {
      requests.put(side, new LongAdder());
      open.put(side, new AtomicBoolean());
    }
    for (FailureKind kind : FailureKind.values()) {
      failures.put(kind, new LongAdder());
    }
  }

  /// Returns what is wrong with the upstream as a whole, in one clause that names no path; empty if
  /// nothing is known to be. Costs a look at the disk at most.
  public Optional<String> trouble() {
    return trouble.get();
  }

  /// Returns the requests that were sent to one side, retries and redirects included; of a folder,
  /// the files that were looked for.
  public long requests(Side side) {
    return read(requests, side);
  }

  /// Returns the bytes of bodies that were received, as they came over the wire.
  public long bytes() {
    return bytes.sum();
  }

  /// Returns the requests that were sent because the one before had failed.
  public long retries() {
    return retries.sum();
  }

  /// Returns the redirects that were followed.
  public long redirects() {
    return redirects.sum();
  }

  /// Returns how many attempts failed in one way.
  public long failures(FailureKind kind) {
    return read(failures, kind);
  }

  /// Tells whether one side is not asked at the moment, because it failed several times in a row.
  public boolean circuitOpen(Side side) {
    AtomicBoolean state = open.get(side);
    return state != null && state.get();
  }

  /// Returns the bytes that may still be received before the next midnight in UTC, or -1 where
  /// there is no limit.
  public long bytesLeftToday() {
    return politeness.bytesLeftToday();
  }

  /// Returns the requests that may be sent at once, or -1 where there is no limit.
  public long requestsLeft() {
    return politeness.requestsLeft();
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

  void requested(Side side) {
    add(requests, side);
  }

  void failed(FailureKind kind) {
    add(failures, kind);
  }

  void received(long count) {
    bytes.add(count);
    politeness.received(count);
  }

  void retried() {
    retries.increment();
  }

  void redirected() {
    redirects.increment();
  }

  void circuit(Side side, boolean isOpen) {
    AtomicBoolean state = open.get(side);
    if (state != null) {
      state.set(isOpen);
    }
  }
}

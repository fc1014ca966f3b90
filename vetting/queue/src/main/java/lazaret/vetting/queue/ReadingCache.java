package lazaret.vetting.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.review.ReviewReport.Base;
import lazaret.vetting.desk.review.ReviewReport.NotReadable;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.review.DiffStat;
import org.jspecify.annotations.Nullable;

/// The least to read of queued versions, as they were compared in the background; at most
/// [#MAX_READINGS]. A reading stays until a newer one replaces it. Thread-safe.
final class ReadingCache {
  /// The maximum number of readings.
  static final int MAX_READINGS = 20_000;

  /// The time after which the comparison of an artifact is tried again that could not be read.
  private static final Duration RETRY = Duration.ofMinutes(10);

  private final BoundedCache<String, Entry> readings = new BoundedCache<>(MAX_READINGS, _ -> 1);

  /// The numbers of the crates that have readings. A crate gets another one when it changes, since
  /// it can have another base then.
  private final Map<String, Long> changes = new ConcurrentHashMap<>();

  /// The last number of a crate. None occurs twice: after [#changes] was emptied, no old reading
  /// has the number of its crate by chance.
  private final AtomicLong last = new AtomicLong();

  private ReadingCache() {}

  /// Creates an empty cache that follows the changes of crates.
  static ReadingCache of(CrateStates files) {
    ReadingCache cache = new ReadingCache();
    files.onChange(cache::changed, cache.changes::clear);
    return cache;
  }

  /// The least to read of one version.
  ///
  /// @param at the moment of the comparison
  /// @param base the version for comparison; null if the whole version must be read, or the
  ///   artifact cannot be read
  /// @param stat the amount to read; null if the artifact cannot be read
  /// @param unread the reason for which the artifact cannot be read; null if it can be
  record Reading(
      Instant at, @Nullable Base base, @Nullable DiffStat stat, @Nullable NotReadable unread) {}

  private record Entry(Reading reading, long changes) {}

  private void changed(CrateName name) {
    changes.computeIfPresent(name.collisionKey(), (_, _) -> last.incrementAndGet());
  }

  /// Returns the number of a crate, which differs after each change. It must be read before a
  /// comparison begins.
  long changes(CrateName name) {
    if (changes.size() > MAX_READINGS) {
      // Each version is compared again, which is correct and rare.
      changes.clear();
    }
    return changes.computeIfAbsent(name.collisionKey(), _ -> last.incrementAndGet());
  }

  /// Returns the reading of a version, or null if it was not compared yet.
  @Nullable Reading of(QueueRow row) {
    Entry entry = readings.get(row.key());
    return entry == null ? null : entry.reading();
  }

  /// Returns whether a version must be compared: for the first time, again after its crate changed,
  /// or again after it could not be read.
  boolean isDue(QueueRow row, Instant now) {
    Entry known = readings.get(row.key());
    return known == null
        || known.changes() != changes(row.name())
        || (known.reading().unread() != null
            && !TimeSpan.from(known.reading().at(), RETRY).holds(now));
  }

  /// Replaces the reading of a version.
  ///
  /// @param before the result of [#changes] before the comparison
  void put(QueueRow row, Reading reading, long before) {
    readings.put(row.key(), new Entry(reading, before));
  }
}

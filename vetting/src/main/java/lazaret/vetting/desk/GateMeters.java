package lazaret.vetting.desk;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// The counters of the gate since its start. Thread-safe.
public final class GateMeters {
  private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

  /// Creates counters at zero.
  public GateMeters() {
    for (Count count : Count.values()) {
      counts.put(count, new LongAdder());
    }
  }

  /// Returns the value of a counter.
  public long value(Count count) {
    return adder(count).sum();
  }

  void add(Count count) {
    adder(count).increment();
  }

  private LongAdder adder(Count count) {
    LongAdder adder = counts.get(count);
    if (adder == null) {
      throw new IllegalStateException("no counter " + count);
    }
    return adder;
  }

  /// The counted events. Their names are those of the metrics; see `docs/metrics.md`.
  public enum Count {
    /// Requests to upstream for index files.
    INDEX_REFRESHES,
    /// Index files that upstream confirmed or sent.
    INDEX_CONFIRMED,
    /// Index responses from the store because upstream could not confirm the file.
    INDEX_STALE,
    /// Views that were built.
    VIEWS_MADE,
    /// Artifacts that were served.
    DOWNLOADS_SERVED,
    /// Downloads that were withheld.
    DOWNLOADS_WITHHELD,
    /// Downloads that were served only because of `audit` mode.
    DOWNLOADS_AUDITED,
    /// Artifacts that were fetched, checked and stored.
    ADMISSIONS,
    /// Artifacts that were checked and served, but not stored for lack of disk space.
    ADMISSIONS_WITHOUT_ROOM,
    /// Artifacts that were discarded because their SHA-256 was wrong.
    WRONG_BYTES,
    /// Artifacts that were refused for the form of their archive.
    HOSTILE_ARCHIVES,
    /// Stored artifacts that no longer had their SHA-256.
    ROTTEN_ARTEFACTS,
    /// Stored artifacts that were searched again for new indicators.
    RESCANS,
    /// Decisions that were recorded.
    DECISIONS;

    /// Returns the snake-case form for metric names.
    public String metric() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

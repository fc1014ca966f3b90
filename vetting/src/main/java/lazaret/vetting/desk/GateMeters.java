package lazaret.vetting.desk;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Counters of the gate since it was started. Thread-safe.
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

  /// What is counted; the names are those of the metrics, see `docs/metrics.md`.
  public enum Count {
    /// Index files asked of upstream.
    INDEX_REFRESHES,
    /// Index files that upstream confirmed or sent.
    INDEX_CONFIRMED,
    /// Index answers given from what is held because upstream could not confirm it.
    INDEX_STALE,
    /// Views made.
    VIEWS_MADE,
    /// Artefacts handed out.
    DOWNLOADS_SERVED,
    /// Downloads withheld.
    DOWNLOADS_WITHHELD,
    /// Downloads that only `audit` mode let through.
    DOWNLOADS_AUDITED,
    /// Artefacts fetched, checked and stored.
    ADMISSIONS,
    /// Artefacts checked and served, but not stored for want of room.
    ADMISSIONS_WITHOUT_ROOM,
    /// Artefacts thrown away because their SHA-256 was wrong.
    WRONG_BYTES,
    /// Artefacts refused for their archive's form.
    HOSTILE_ARCHIVES,
    /// Stored artefacts that no longer had their SHA-256.
    ROTTEN_ARTEFACTS,
    /// Stored artefacts that were looked through again for new indicators.
    RESCANS,
    /// Decisions recorded.
    DECISIONS;

    /// Returns the snake-case form for metric names.
    public String metric() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

package lazaret.vetting.gate.context;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// The counters of the gate since its start. Thread-safe.
public final class GateCounters {
  private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

  /// Creates counters at zero.
  public GateCounters() {
    for (Count count : Count.values()) {
      counts.put(count, new LongAdder());
    }
  }

  /// Returns the value of a counter.
  public long value(Count count) {
    return adder(count).sum();
  }

  /// Counts one event.
  public void add(Count count) {
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
    INDEX_REFRESHES("index_refreshes"),
    /// Index files that upstream confirmed or sent.
    INDEX_CONFIRMED("index_confirmed"),
    /// Index responses from the store because upstream could not confirm the file.
    INDEX_STALE("index_stale"),
    /// Views that were built.
    INDEX_VIEWS_BUILT("index_views_built"),
    /// Artifacts that were served.
    DOWNLOADS_SERVED("downloads_served"),
    /// Downloads that were withheld.
    DOWNLOADS_WITHHELD("downloads_withheld"),
    /// Downloads that were served only because of `audit` mode.
    DOWNLOADS_AUDIT_MODE("downloads_audit_mode"),
    /// Artifacts that were fetched, checked and stored.
    ADMISSIONS("admissions"),
    /// Artifacts that were checked and served, but not stored for lack of disk space.
    ADMISSIONS_NOT_STORED("admissions_not_stored"),
    /// Artifacts that were discarded because their SHA-256 was wrong.
    CHECKSUM_MISMATCHES("checksum_mismatches"),
    /// Artifacts that were refused for the form of their archive.
    HOSTILE_ARCHIVES("hostile_archives"),
    /// Stored artifacts that no longer had their SHA-256.
    CORRUPT_ARTIFACTS("corrupt_artifacts"),
    /// Stored artifacts that were searched again for new indicators.
    ARTIFACTS_RESCANNED("artifacts_rescanned"),
    /// Decisions that were recorded.
    DECISIONS("decisions");

    private final String code;

    Count(String code) {
      this.code = code;
    }

    /// Returns the snake-case form for metric names.
    public String metric() {
      return code;
    }
  }
}

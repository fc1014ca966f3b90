package lazaret.vetting.desk.snapshots;

import java.time.Instant;

/// The promise of the newest bundle about the next one. If the next one does not come in time, it
/// may be withheld on purpose, and versions revoked outside would remain served here.
///
/// @param newest the sequence of the newest snapshot
/// @param promised the latest moment for the next snapshot
/// @param overdue whether that moment has passed
public record PromisedSnapshot(long newest, Instant promised, boolean overdue) {
  /// Returns the promise in one clause.
  @Override
  public String toString() {
    return (overdue
            ? "no snapshot newer than %d arrived, although one was promised by %s: ask outside for it"
            : "the next snapshot after %d is promised by %s")
        .formatted(newest, promised);
  }
}

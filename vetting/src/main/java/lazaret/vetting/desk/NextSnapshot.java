package lazaret.vetting.desk;

import java.time.Instant;

/// What the newest bundle promised of the one after it. Where nothing comes until then, somebody
/// may be holding it back, so that what was revoked outside goes on here.
///
/// @param newest the sequence of the newest snapshot
/// @param promised when the next one is there at the latest
/// @param overdue whether that is over
public record NextSnapshot(long newest, Instant promised, boolean overdue) {
  /// Says it in one clause.
  @Override
  public String toString() {
    return (overdue
            ? "no snapshot newer than %d has come, though one was promised by %s: ask outside for it"
            : "the next snapshot after %d is promised by %s")
        .formatted(newest, promised);
  }
}

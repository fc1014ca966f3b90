package lazaret.vetting.gate.serving;

import java.time.Instant;
import lazaret.vetting.EarliestTime;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.index.StoredCrate;
import org.jspecify.annotations.Nullable;

/// The correction of moments that a clock which was ahead recorded.
final class FutureMoments {
  private FutureMoments() {}

  /// Returns the moment at which the stored file was last confirmed, or now if a clock that was
  /// ahead recorded a later one. The age of a new line counts from there.
  static @Nullable Instant checked(@Nullable CrateState before, Instant now) {
    Instant checked = before == null ? null : before.freshness().checkedAt();
    return checked != null && checked.isAfter(now) ? now : checked;
  }

  /// Returns a crate without moments of age in the future, unless the current time is implausible.
  /// A clock that is behind makes no version older.
  static StoredCrate seenBy(StoredCrate crate, Instant now) {
    boolean plausible =
        EarliestTime.plausible(now, crate.lines().stream().map(line -> line.entry().pubtime()));
    return plausible && crate.lines().stream().anyMatch(line -> line.aheadOf(now))
        ? new StoredCrate(
            crate.name(),
            crate.lines().stream().map(line -> line.seenBy(now)).toList(),
            crate.omitted())
        : crate;
  }
}

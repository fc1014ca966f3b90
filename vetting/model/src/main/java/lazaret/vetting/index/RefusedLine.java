package lazaret.vetting.index;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;

/// A line that upstream sent instead of a stored one, under the same SHA-256, and that was refused.
/// The stored line stays in force.
///
/// @param digest digest of all compared values, so that each change causes one notice
/// @param since time at which upstream first sent a refused line
/// @param what the differences, as one clause for a person, shortened and printable
public record RefusedLine(Sha256 digest, Instant since, String what) {
  /// Returns this line with the time of its first occurrence limited to now.
  public RefusedLine seenBy(Instant now) {
    return since.isAfter(now) ? new RefusedLine(digest, now, what) : this;
  }
}

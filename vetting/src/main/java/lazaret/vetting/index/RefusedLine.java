package lazaret.vetting.index;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;

/// A line that upstream sent in place of a held one, under the same SHA-256, and that was not taken
/// over: the held line stays in force.
///
/// @param digest of everything that is compared, so that each change is one notice
/// @param since when upstream first sent a line that was not taken over
/// @param what the differences, one clause for a person, cut and made printable
public record RefusedLine(Sha256 digest, Instant since, String what) {
  /// Returns this line as one that was not first seen later than now.
  public RefusedLine seenBy(Instant now) {
    return since.isAfter(now) ? new RefusedLine(digest, now, what) : this;
  }
}

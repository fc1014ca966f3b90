package lazaret.vetting.index;

import java.time.Instant;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The response to cargo for one index file: with the policy applied, compressed, and with an
/// entity tag.
///
/// @param body the lines, each with a newline at its end
/// @param gzip the same bytes as one gzip member
/// @param etag strong entity tag of the uncompressed body, with its quotes (RFC 9110 §8.8.3)
/// @param generation generation of the policy under which it was made
/// @param madeAt time at which it was made, by the clock of that time; null if it was not recorded
/// @param validUntil earliest expiry of a hold or an approval, after which the view must be
///   rebuilt; null if it does not depend on time
public record IndexView(
    Bytes body,
    Bytes gzip,
    String etag,
    String generation,
    @Nullable Instant madeAt,
    @Nullable Instant validUntil) {

  /// Returns whether the view may be served at a time under a policy generation. A view with a time
  /// of creation later than now was made under a wrong clock and may not be served.
  public boolean holdsAt(Instant now, String currentGeneration) {
    return generation.equals(currentGeneration)
        && madeAt != null
        && !now.isBefore(madeAt)
        && (validUntil == null || now.isBefore(validUntil));
  }
}

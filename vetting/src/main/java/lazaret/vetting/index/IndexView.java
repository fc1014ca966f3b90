package lazaret.vetting.index;

import java.time.Instant;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The answer that cargo gets for one index file: policy applied, compressed, tagged.
///
/// @param body the lines, each ended by a newline
/// @param gzip the same bytes as one gzip member
/// @param etag strong entity tag over the uncompressed body, in its quotes (RFC 9110 §8.8.3)
/// @param generation the policy generation that it was made under
/// @param madeAt when it was made, by the clock of that time; null if that was not recorded
/// @param validUntil the next moment at which a hold or an approval runs out and the view must be
///   made anew; null where nothing in it depends on time
public record IndexView(
    Bytes body,
    Bytes gzip,
    String etag,
    String generation,
    @Nullable Instant madeAt,
    @Nullable Instant validUntil) {

  /// Returns whether the view may be served at a moment under a policy generation. A view that was
  /// made later than now was made under a wrong clock, and does not hold.
  public boolean holdsAt(Instant now, String currentGeneration) {
    return generation.equals(currentGeneration)
        && madeAt != null
        && !now.isBefore(madeAt)
        && (validUntil == null || now.isBefore(validUntil));
  }
}

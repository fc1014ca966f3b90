package lazaret.vetting.deskapi.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A sign of a hijacked crate.
///
/// @param code the code, one of `docs/takeover.md`
/// @param weight the weight of the sign
/// @param detail one sentence with the figures of this version
/// @param until the end of the hold; null if time does not end it
public record TakeoverSignInfo(String code, Weight weight, String detail, @Nullable Instant until) {
  /// The weights of signs, from light to heavy.
  public enum Weight {
    /// The sign is shown only.
    NOTE,
    /// The version waits for a longer cooldown.
    HOLD,
    /// A person must look at the version.
    REVIEW
  }
}

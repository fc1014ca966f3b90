package lazaret.vetting.deskapi.crates;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A verdict on one version, with its reasons.
///
/// @param kind what the verdict permits
/// @param until the end of a hold; null for every other kind
/// @param reasons the causes; the first one decided
public record VerdictInfo(Kind kind, @Nullable Instant until, List<ReasonInfo> reasons) {
  public VerdictInfo {
    reasons = List.copyOf(reasons);
  }

  /// The kinds of verdicts.
  public enum Kind {
    /// The version is served.
    ALLOW,
    /// The version is withheld until its cooldown ends.
    HOLD,
    /// The version is withheld until a person decides.
    REVIEW,
    /// The version is refused.
    DENY
  }
}

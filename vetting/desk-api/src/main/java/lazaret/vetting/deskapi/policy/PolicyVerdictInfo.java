package lazaret.vetting.deskapi.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A verdict under one policy.
///
/// @param kind the kind of the verdict
/// @param served whether clients get the version
/// @param until the end of a hold; null for every other kind
/// @param code the code of the deciding reason; the source of a package that bypasses the gate
/// @param detail one sentence with the cause
public record PolicyVerdictInfo(
    PolicyVerdictInfo.Kind kind,
    boolean served,
    @Nullable Instant until,
    String code,
    String detail) {
  /// The kinds of verdicts under a policy.
  public enum Kind {
    /// The version is served.
    ALLOW,
    /// The version is withheld until its cooldown ends.
    HOLD,
    /// The version is withheld until a person decides.
    REVIEW,
    /// The version is refused.
    DENY,
    /// The package bypasses the gate.
    FOREIGN
  }
}

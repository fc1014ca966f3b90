package lazaret.vetting.policy;

import java.time.Duration;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The first policy: what may be served without a person.
///
/// @param mode whether what the rules withhold is withheld
/// @param automatic whether age and clean checks suffice; false means approvals only
/// @param cooldown how old a version must be that was inspected and runs nothing at build time
/// @param buildCooldown how old one must be that has a build script, is a proc macro, or was not
///   inspected yet
public record Policy(Mode mode, boolean automatic, Duration cooldown, Duration buildCooldown) {

  /// Raised when the rules change in code, so that views made under the old rules are made anew.
  private static final int RULES = 1;

  /// Whether the gate withholds or only records.
  public enum Mode {
    /// Only vetted versions are served.
    ENFORCE,
    /// What policy or cooldown would withhold is served and recorded; denials still hold.
    AUDIT
  }

  /// What a fresh installation starts with: automatic, 7 and 14 days.
  public static final Policy DEFAULT =
      new Policy(Mode.ENFORCE, true, Duration.ofDays(7), Duration.ofDays(14));

  /// Checks the durations.
  ///
  /// @throws IllegalArgumentException if one is negative, or the longer is shorter than the other
  public Policy {
    if (cooldown.isNegative() || buildCooldown.compareTo(cooldown) < 0) {
      throw new IllegalArgumentException(
          "cooldowns must not be negative, and the one for build-time code (%s) not shorter than the other (%s)"
              .formatted(buildCooldown, cooldown));
    }
  }

  /// Returns a short name that two policies share exactly when they judge alike.
  public String generation() {
    String text = RULES + "|" + mode + "|" + automatic + "|" + cooldown + "|" + buildCooldown;
    return Sha256.of(Bytes.utf8(text)).hex().substring(0, 16);
  }

  /// Tells whether a version with this verdict is handed out: `audit` loosens everything but a
  /// deny.
  public boolean serves(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow _ -> true;
      case Verdict.Deny _ -> false;
      case Verdict.Hold _, Verdict.Review _ -> mode == Mode.AUDIT;
    };
  }
}

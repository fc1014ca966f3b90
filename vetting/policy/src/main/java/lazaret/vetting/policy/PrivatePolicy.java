package lazaret.vetting.policy;

import java.time.Duration;

/// The policy for the private crates that the gate hosts. Advisories of public feeds, takeover
/// signs, licenses and the cooldowns of public crates do not apply to them.
///
/// @param hold the versions that wait for a decision when they are published
/// @param cooldown required age of a version
/// @param similarNames treatment of a new crate whose name resembles another one
/// @param selfApproval whether the person who published or imported a held version may approve it
public record PrivatePolicy(
    Hold hold, Duration cooldown, SimilarNames similarNames, boolean selfApproval) {
  /// The default: signals of inspection and similar names hold a version, for another person.
  public static final PrivatePolicy DEFAULT =
      new PrivatePolicy(Hold.SIGNALS, Duration.ZERO, SimilarNames.HOLD, false);

  /// Checks the duration.
  ///
  /// @throws IllegalArgumentException if it is negative
  public PrivatePolicy {
    if (cooldown.isNegative()) {
      throw new IllegalArgumentException(
          "the cooldown of private crates must not be negative, found " + cooldown);
    }
  }

  /// The versions that wait for a decision.
  public enum Hold {
    /// None.
    NONE,
    /// The versions of each crate until one of them is released.
    NEW_CRATES,
    /// Versions with signals for which the policy for signals asks for a review.
    SIGNALS,
    /// All versions.
    EVERY
  }

  /// The treatments of a new crate whose name resembles an established or another private one.
  public enum SimilarNames {
    /// Its versions wait for a decision until one of them is released.
    HOLD,
    /// It is refused.
    REFUSE,
    /// It is accepted.
    ALLOW
  }
}

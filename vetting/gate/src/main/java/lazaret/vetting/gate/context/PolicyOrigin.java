package lazaret.vetting.gate.context;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.policy.Policy;
import org.jspecify.annotations.Nullable;

/// The origin of the policy in force.
///
/// @param base the policy of the configuration, over which a policy file is read
/// @param file the policy file; null if there is none
/// @param digest the SHA-256 of the policy file in force; null if there is none
/// @param since the moment at which it was put in force; null if it is in force since the start of
///   the gate, without a file
/// @param refused the reason why the current file is not in force; null if it is
public record PolicyOrigin(
    Policy base,
    @Nullable String file,
    @Nullable Sha256 digest,
    @Nullable Instant since,
    @Nullable String refused) {
  /// Returns the origin of a policy that came from the configuration alone.
  public static PolicyOrigin of(Policy base) {
    return new PolicyOrigin(base, null, null, null, null);
  }

  /// Returns the origin after the file became invalid.
  ///
  /// @param why the fault of the file
  public PolicyOrigin refusing(String why) {
    return new PolicyOrigin(base, file, digest, since, why);
  }
}

package lazaret.vetting.desk;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.policy.Policy;
import org.jspecify.annotations.Nullable;

/// Where the policy in force came from.
///
/// @param base what a policy file is read over: the configuration's
/// @param file the policy file; null where there is none
/// @param digest the SHA-256 of the policy file that is in force; null where there is none
/// @param since when it was taken up; null where it holds since the gate was started without a file
/// @param refused why the file as it is now is not in force; null where it is
public record PolicyOrigin(
    Policy base,
    @Nullable String file,
    @Nullable Sha256 digest,
    @Nullable Instant since,
    @Nullable String refused) {
  /// A policy that came from the configuration alone.
  public static PolicyOrigin of(Policy base) {
    return new PolicyOrigin(base, null, null, null, null);
  }

  /// Returns the origin, now that the file has become wrong.
  public PolicyOrigin refusing(String why) {
    return new PolicyOrigin(base, file, digest, since, why);
  }
}

package lazaret.vetting.deskapi.policy;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The policy in force.
///
/// @param mode the mode of the gate
/// @param generation the generation of the policy
/// @param file the policy file; null if the defaults are in force
/// @param sha256 the SHA-256 of the file as it was read; null if there is none
/// @param since the time since which the policy is in force; null if it is not known
/// @param refused the cause for which the present content of the file is not in force; null
///   otherwise
/// @param overrides the exceptions of the policy
/// @param policy the complete policy, as a policy file
public record PolicyReply(
    Mode mode,
    String generation,
    @Nullable String file,
    @Nullable Sha256 sha256,
    @Nullable Instant since,
    @Nullable String refused,
    List<PolicyOverrideInfo> overrides,
    String policy) {
  public PolicyReply {
    overrides = List.copyOf(overrides);
  }

  /// The modes of the gate.
  public enum Mode {
    /// Withheld versions are refused.
    ENFORCE,
    /// Withheld versions are reported and served.
    AUDIT
  }
}

package lazaret.vetting.policy.file;

import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The text of a policy: the file, and the `deny.toml` that it names.
///
/// @param policy the policy file
/// @param deny the other one; null where none is named or it cannot be read
public record PolicyText(Bytes policy, @Nullable Bytes deny) {
  /// The text of a policy that names no other file.
  public static PolicyText of(Bytes policy) {
    return new PolicyText(policy, null);
  }

  /// Returns the path of the `deny.toml` that a policy file names, meant from the folder of that
  /// file; null where it names none or is no TOML.
  public static @Nullable String denyFile(Bytes policy) {
    return PolicyReader.denyFile(policy);
  }
}

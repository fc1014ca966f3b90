package lazaret.vetting.policy.file;

import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The sources of a policy: the file, and the files of other tools that it names.
///
/// @param policy the policy file
/// @param deny the `deny.toml`; null if none is named or it cannot be read
/// @param audit the `audit.toml`; null if none is named or it cannot be read
public record PolicyText(Bytes policy, @Nullable Bytes deny, @Nullable Bytes audit) {
  /// Returns the sources of a policy that names no other file.
  public static PolicyText of(Bytes policy) {
    return new PolicyText(policy, null, null);
  }

  /// Returns this with the `deny.toml` that the policy names.
  public PolicyText withDeny(@Nullable Bytes document) {
    return new PolicyText(policy, document, audit);
  }

  /// Returns this with the `audit.toml` that the policy names.
  public PolicyText withAudit(@Nullable Bytes document) {
    return new PolicyText(policy, deny, document);
  }

  /// Returns the path of the `deny.toml` that a policy file names, relative to its folder. Null if
  /// there is none or the file is not TOML.
  public static @Nullable String denyFile(Bytes policy) {
    return PolicyReader.named(policy, DenyReader.FILE);
  }

  /// Returns the path of the `audit.toml` that a policy file names, as [#denyFile] does.
  public static @Nullable String auditFile(Bytes policy) {
    return PolicyReader.named(policy, AuditTomlReader.FILE);
  }
}

package lazaret.vetting.policy;

import java.time.Instant;
import java.util.Collection;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.VersionReq;
import org.jspecify.annotations.Nullable;

/// An exception from the policy for one crate until a date. Malware, hostile archives and a
/// person's denial cannot be overridden.
///
/// @param crate the crate; null for every crate, which only ignored advisories of a `deny.toml`
///   have
/// @param req versions of the crate; null for all
/// @param what id of an advisory, code of a signal, or code of a reason, for example `cooldown`
/// @param reason reason for readers of the verdict
/// @param expires time at which it ends
public record PolicyOverride(
    @Nullable CrateName crate,
    @Nullable VersionReq req,
    String what,
    String reason,
    Instant expires) {

  /// Returns whether it is in force for a version at a time.
  public boolean covers(CrateName name, CrateVersion version, Instant now) {
    return now.isBefore(expires) && concerns(name) && (req == null || req.matches(version));
  }

  /// Returns whether it is about a crate, expired or not.
  boolean concerns(CrateName name) {
    return crate == null || crate.collisionKey().equals(name.collisionKey());
  }

  /// Returns whether it overrides a result with one of these names.
  public boolean names(Collection<String> keys) {
    return keys.stream().anyMatch(what::equalsIgnoreCase);
  }
}

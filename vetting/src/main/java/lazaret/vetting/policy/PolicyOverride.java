package lazaret.vetting.policy;

import java.time.Instant;
import java.util.Collection;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.VersionReq;
import org.jspecify.annotations.Nullable;

/// One thing that policy sets aside for one crate, for a time. Malware, hostile archives and a
/// person's denial cannot be set aside here.
///
/// @param crate the crate; null for every crate, which only what a `deny.toml` ignores is
/// @param req which of its versions; null for all
/// @param what an advisory's id, a signal's code, or the code of a reason, for example `cooldown`
/// @param reason why, for whoever reads the verdict
/// @param expires when it ends
public record PolicyOverride(
    @Nullable CrateName crate,
    @Nullable VersionReq req,
    String what,
    String reason,
    Instant expires) {

  /// Tells whether it holds for a version at a moment.
  boolean covers(CrateName name, CrateVersion version, Instant now) {
    return now.isBefore(expires) && concerns(name) && (req == null || req.matches(version));
  }

  /// Tells whether it says something of a crate, expired or not.
  boolean concerns(CrateName name) {
    return crate == null || crate.collisionKey().equals(name.collisionKey());
  }

  /// Tells whether it sets something aside that goes by these names.
  boolean names(Collection<String> keys) {
    return keys.stream().anyMatch(what::equalsIgnoreCase);
  }
}

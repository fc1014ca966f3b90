package lazaret.vetting.deskapi.crates;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A recorded decision on one version.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact that the decision is bound to
/// @param kind the kind of the decision
/// @param at the time of the decision
/// @param by the owner of the token of the reviewer
/// @param reason the reason of the reviewer
/// @param expires the end of an approval or exemption; null if it does not expire
/// @param criteria the cargo-vet criteria of an approval
/// @param evidence links or texts that the reviewer named
/// @param delta the base of a delta review; null for a review of the whole version
/// @param waives the advisories that the decision sets aside
/// @param context the data on which the decision rested; null for decisions of older programs
public record DecisionInfo(
    CrateName name,
    CrateVersion version,
    Sha256 cksum,
    Kind kind,
    Instant at,
    String by,
    String reason,
    @Nullable Instant expires,
    List<String> criteria,
    List<String> evidence,
    @Nullable CrateVersion delta,
    List<String> waives,
    @Nullable ContextInfo context) {
  public DecisionInfo {
    criteria = List.copyOf(criteria);
    evidence = List.copyOf(evidence);
    waives = List.copyOf(waives);
  }

  /// The kinds of decisions.
  public enum Kind {
    /// A person reviewed the version, which is served.
    APPROVE,
    /// The version is served without review until a date.
    EXEMPT,
    /// The version is refused in every mode.
    DENY,
    /// A version that was served is withdrawn.
    REVOKE
  }
}

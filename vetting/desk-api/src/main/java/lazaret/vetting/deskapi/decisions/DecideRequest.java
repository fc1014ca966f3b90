package lazaret.vetting.deskapi.decisions;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import org.jspecify.annotations.Nullable;

/// An order to record decisions; a refused version refuses the whole order.
///
/// @param kind the kind of the decisions
/// @param specs versions (`NAME@VERSION`) or requirements, which name all matching versions
/// @param versions versions, each bound to the SHA-256 that the reviewer saw
/// @param cksum the SHA-256 that the reviewer saw; allowed if the order names one version
/// @param lockfile the text of a `Cargo.lock` whose packages are decided on; null for none
/// @param lockfileName the name that the sender gives the lockfile; null for none
/// @param onlyWithheld whether packages of the lockfile that are served are skipped
/// @param bulk whether the versions were not named one by one; such an order lifts no refusal
/// @param reason the reason of the reviewer, 1 to 2,000 characters
/// @param expires the end of approvals or exemptions; null for no end, or the end that the policy
///   sets for exemptions
/// @param criteria the cargo-vet criteria of approvals
/// @param delta the base of a delta review; null for a review of the whole version. Allowed if the
///   order names one version
/// @param waives the advisories that the decisions set aside
/// @param evidence links or texts
/// @param seenDecisions the number of decisions on the version that the reviewer saw; another
///   number refuses the order. Allowed if the order names one version; null compares nothing
public record DecideRequest(
    DecisionInfo.Kind kind,
    List<CrateSpec> specs,
    List<CrateId> versions,
    @Nullable Sha256 cksum,
    @Nullable String lockfile,
    @Nullable String lockfileName,
    boolean onlyWithheld,
    boolean bulk,
    String reason,
    @Nullable Instant expires,
    List<String> criteria,
    @Nullable CrateVersion delta,
    List<String> waives,
    List<String> evidence,
    @Nullable Integer seenDecisions) {
  public DecideRequest {
    specs = List.copyOf(specs);
    versions = List.copyOf(versions);
    criteria = List.copyOf(criteria);
    waives = List.copyOf(waives);
    evidence = List.copyOf(evidence);
  }
}

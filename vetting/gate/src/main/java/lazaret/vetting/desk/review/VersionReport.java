package lazaret.vetting.desk.review;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.ExternalEvidence.NewCapabilities;
import org.jspecify.annotations.Nullable;

/// The current information about one version.
///
/// @param id the name, version and SHA-256
/// @param verdict the verdict of the rules
/// @param served whether it would be served; `audit` mode serves more than the rules allow
/// @param line the stored line of the version
/// @param findings the findings; null if it was not inspected
/// @param newCapabilities the capabilities that the nearest lower version in use does not have;
///   null if there is no such version that was inspected
/// @param artifactStored whether its bytes are stored
/// @param fetchFailed the last attempt to fetch its bytes, if it failed and they are not stored;
///   null if none is known, or if they can only arrive by a bundle import
/// @param snapshot the served snapshot of another gate; 0 if an upstream is asked
/// @param onlyByBundle whether its bytes are not stored and can only arrive by a bundle import
/// @param decisions all decisions on it, oldest first
/// @param request the queued request for it; null if there is none
/// @param replacement the version to use in its place, a compatible one if possible; null if none
///   would be served
/// @param pinned whether another crate of its family may require it with `=`
/// @param checkedAt the last confirmation of the index file by upstream
public record VersionReport(
    CrateId id,
    Verdict verdict,
    boolean served,
    StoredLine line,
    @Nullable Findings findings,
    @Nullable NewCapabilities newCapabilities,
    boolean artifactStored,
    @Nullable FetchFailed fetchFailed,
    long snapshot,
    boolean onlyByBundle,
    List<Decision> decisions,
    @Nullable QueuedRequest request,
    @Nullable CrateVersion replacement,
    boolean pinned,
    Instant checkedAt) {
  /// Copies the list.
  public VersionReport {
    decisions = List.copyOf(decisions);
  }

  /// Returns whether cargo considers the replacement compatible, or false if there is none.
  public boolean compatible() {
    return replacement != null && CrateState.compatible(replacement, id.version());
  }

  /// Returns whether cargo can move to the replacement regardless of the lockfile.
  public boolean movable() {
    return compatible()
        && !pinned
        && replacement != null
        && replacement.compareTo(id.version()) > 0;
  }

  /// A failed attempt to fetch bytes.
  ///
  /// @param at the moment of the attempt
  /// @param code `bytes-missing`, `upstream-unavailable` or `cksum-mismatch`
  /// @param detail one clause for a person
  public record FetchFailed(Instant at, ErrorCode code, String detail) {}
}

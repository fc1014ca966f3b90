package lazaret.vetting.desk;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Testimony.Gains;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// Everything the gate can say about one version now.
///
/// @param id name, version and SHA-256
/// @param verdict what the rules say
/// @param served whether it would be handed out; `audit` mode serves more than the rules allow
/// @param line the version as the gate holds it
/// @param findings what inspection saw; null where it was not inspected
/// @param gains what it can do that the nearest lower version in use could not; null where there is
///   none that was inspected
/// @param artefactHeld whether its bytes are stored
/// @param fetchFailed the last attempt to fetch its bytes, where they are not stored and it failed;
///   null where none is remembered, and where they come with a bundle or not at all
/// @param snapshot the snapshot of another gate that is served; 0 where an upstream is asked
/// @param byBundle whether its bytes are not stored and come with a bundle or not at all
/// @param decisions all decisions on it, oldest first
/// @param request the open request for it; null where there is none
/// @param instead what to use in its place, of the compatible versions if there is one; null where
///   nothing would be served
/// @param pinned whether another crate of its family may require it with `=`
/// @param checkedAt when upstream last confirmed the index file
public record VersionReport(
    CrateId id,
    Verdict verdict,
    boolean served,
    HeldLine line,
    @Nullable Findings findings,
    @Nullable Gains gains,
    boolean artefactHeld,
    @Nullable FetchFailed fetchFailed,
    long snapshot,
    boolean byBundle,
    List<Decision> decisions,
    @Nullable Request request,
    @Nullable CrateVersion instead,
    boolean pinned,
    Instant checkedAt) {
  /// Copies the list.
  public VersionReport {
    decisions = List.copyOf(decisions);
  }

  /// Returns whether cargo takes the version to use instead for compatible; false if there is none.
  public boolean compatible() {
    return instead != null && CaseFile.compatible(instead, id.version());
  }

  /// Returns whether cargo moves the version to the one to use instead whatever the lockfile has.
  public boolean movable() {
    return compatible() && !pinned && instead != null && instead.compareTo(id.version()) > 0;
  }

  /// An attempt to fetch bytes that brought none.
  ///
  /// @param at when upstream was asked
  /// @param code `bytes-missing`, `upstream-unavailable` or `cksum-mismatch`
  /// @param detail one clause for a person
  public record FetchFailed(Instant at, ErrorCode code, String detail) {}
}

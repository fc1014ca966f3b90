package lazaret.vetting.desk.decisions;

import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Verdict;

/// The result of a [DecisionOrder]. If one version is refused, no decision is recorded.
///
/// @param recorded the decisions that were recorded and are on disk
/// @param unchanged the decisions that were not recorded, since the existing ones say as much or
///   more
/// @param withheld the versions that are not served despite the decision, for example because a
///   second person is needed. No decision is recorded on one that a person denied after the order
///   was looked up
/// @param refused the versions that could not be decided on
public record DecisionReport(
    List<Decision> recorded,
    List<Decision> unchanged,
    List<Withheld> withheld,
    List<Refused> refused) {
  /// Copies the lists.
  public DecisionReport {
    recorded = List.copyOf(recorded);
    unchanged = List.copyOf(unchanged);
    withheld = List.copyOf(withheld);
    refused = List.copyOf(refused);
  }

  /// A version that is not served despite the decision.
  ///
  /// @param id the version
  /// @param verdict the verdict after the decision
  public record Withheld(CrateId id, Verdict verdict) {}

  /// A version that could not be decided on.
  ///
  /// @param wanted the requested version
  /// @param code `malformed-input`, `unknown`, `bytes-missing`, `cksum-mismatch`, `stale`,
  ///   `upstream-unavailable` or `refused-by-policy`
  /// @param detail one sentence for a person
  public record Refused(WantedVersion wanted, ErrorCode code, String detail) {}
}

package lazaret.vetting.desk;

import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Verdict;

/// What became of a [DecisionOrder]. Where one version is refused, nothing is recorded at all.
///
/// @param recorded the decisions that were recorded and are on disk
/// @param unchanged decisions that were not recorded, since what stood says as much or more
/// @param withheld versions that are not served although this was to let them be, for example
///   because a second person is needed
/// @param refused what could not be decided on
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

  /// One version that is not served all the same.
  ///
  /// @param id the version
  /// @param verdict what the rules say after the decision
  public record Withheld(CrateId id, Verdict verdict) {}

  /// One version that could not be decided on.
  ///
  /// @param wanted what was asked
  /// @param code `unknown`, `bytes-missing`, `cksum-mismatch`, `upstream-unavailable` or
  ///   `refused-by-policy`
  /// @param detail one sentence for a person
  public record Refused(Wanted wanted, ErrorCode code, String detail) {}
}

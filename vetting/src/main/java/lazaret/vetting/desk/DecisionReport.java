package lazaret.vetting.desk;

import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.ledger.Decision;

/// What became of a [DecisionOrder]. Where one version is refused, nothing is recorded at all.
///
/// @param recorded the decisions that were recorded and are on disk
/// @param unchanged decisions that stood already, word for word, and were not recorded again
/// @param refused what could not be decided on
public record DecisionReport(
    List<Decision> recorded, List<Decision> unchanged, List<Refused> refused) {
  /// Copies the lists.
  public DecisionReport {
    recorded = List.copyOf(recorded);
    unchanged = List.copyOf(unchanged);
    refused = List.copyOf(refused);
  }

  /// One version that could not be decided on.
  ///
  /// @param wanted what was asked
  /// @param code `unknown`, `cksum-mismatch`, `upstream-unavailable` or `malformed-input`
  /// @param detail one sentence for a person
  public record Refused(Wanted wanted, ErrorCode code, String detail) {}
}

package lazaret.vetting.desk;

import java.util.List;
import lazaret.vetting.ledger.Decision;

/// What is served on credit: approvals and exemptions that run out.
///
/// @param lines those that run out first come first
public record DebtReport(List<Line> lines) {
  /// Copies the list.
  public DebtReport {
    lines = List.copyOf(lines);
  }

  /// One decision that stands and runs out, or has.
  ///
  /// @param decision what was decided
  /// @param expired whether it has run out
  /// @param needed whether the version would be withheld without it; what is not needed can be let
  ///   run out, since a waiver whose cause is gone hides the next one
  /// @param without the verdict without it, in one clause; the empty text where the version is not
  ///   held
  public record Line(Decision decision, boolean expired, boolean needed, String without) {}
}

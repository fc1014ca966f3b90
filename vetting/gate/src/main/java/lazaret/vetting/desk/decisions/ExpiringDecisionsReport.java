package lazaret.vetting.desk.decisions;

import java.util.List;
import lazaret.vetting.ledger.Decision;

/// The approvals and exemptions that expire.
///
/// @param lines the decisions, earliest expiry first
public record ExpiringDecisionsReport(List<Line> lines) {
  /// Copies the list.
  public ExpiringDecisionsReport {
    lines = List.copyOf(lines);
  }

  /// A decision in force with an expiry, which may have passed.
  ///
  /// @param decision the decision
  /// @param expired whether it has expired
  /// @param needed whether the version would be withheld without it. An unneeded decision can
  ///   expire: a waiver without a cause hides the next one
  /// @param without the verdict without it, in one clause; empty if the version is not stored
  public record Line(Decision decision, boolean expired, boolean needed, String without) {}
}

package lazaret.vetting.gate.store;

import java.time.Instant;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.ledger.DecisionContext;
import lazaret.vetting.policy.Verdict;

/// A verdict as the gate gave it. It is kept for a later explanation, when all data behind it may
/// have changed.
///
/// @param id the version
/// @param at the moment from which it was given
/// @param served whether the version was served with it
/// @param verdict the verdict of the rules
/// @param context the context of the verdict
public record RecordedVerdict(
    CrateId id, Instant at, boolean served, Verdict verdict, DecisionContext context) {
  /// The maximum number that is kept of one version. The oldest are dropped first.
  public static final int MAX_KEPT = 64;
}

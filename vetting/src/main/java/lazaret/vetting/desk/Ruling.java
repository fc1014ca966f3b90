package lazaret.vetting.desk;

import java.time.Instant;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.ledger.Grounds;
import lazaret.vetting.policy.Verdict;

/// A verdict as the gate gave it, kept so that it can be explained later, when everything that it
/// rested on may be different.
///
/// @param id the version
/// @param at from when on it was given
/// @param served whether the version was handed out with it
/// @param verdict what the rules said
/// @param grounds what that rested on
public record Ruling(CrateId id, Instant at, boolean served, Verdict verdict, Grounds grounds) {
  /// How many are kept of one version; of more, the oldest are let go of.
  public static final int MAX_KEPT = 64;
}

package lazaret.mirror.deskapi;

import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.text.Printable;

/// The reason for withholding a version, in the words that cargo prints. Cargo shows at most 511
/// characters of a response to its user (docs/registry-protocol.md §5.1), so these texts stay well
/// below.
public final class Refusal {
  /// The maximum length of the reason detail in characters, so that the rest of the text fits too.
  private static final int MAX_DETAIL = 110;

  private final CrateId id;
  private final Verdict verdict;

  private Refusal(CrateId id, Verdict verdict) {
    this.id = id;
    this.verdict = verdict;
  }

  /// Returns the refusal of an outcome of the gate.
  public static Refusal of(DownloadOutcome.Withheld withheld) {
    return new Refusal(withheld.id(), withheld.verdict());
  }

  /// Returns the withheld version, the reason and the end: `BLOCKED serde 1.0.9: cooldown: ...`.
  public String sentence() {
    Reason reason = verdict.reason();
    return "BLOCKED %s %s: %s: %s%s"
        .formatted(
            id.name(),
            id.version(),
            reason.code().code(),
            Printable.cut(reason.detail(), MAX_DETAIL),
            until());
  }

  private String until() {
    // A client that waits until then is served.
    return verdict instanceof Verdict.Hold hold ? " (until " + hold.endMinute() + ")" : "";
  }
}

package lazaret.mirror.deskapi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.DownloadOutcome;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;

/// Why a version is withheld, in the words that cargo prints: at most 511 characters of an answer
/// reach its user (cargo-wire §5.1), so these stay well below.
public final class Refusal {
  /// The longest reason detail that is told, in characters: the rest of the text must fit too.
  private static final int MAX_DETAIL = 110;

  private final CrateId id;
  private final Verdict verdict;

  private Refusal(CrateId id, Verdict verdict) {
    this.id = id;
    this.verdict = verdict;
  }

  /// Reads an outcome of the gate.
  public static Refusal of(DownloadOutcome.Withheld withheld) {
    return new Refusal(withheld.id(), withheld.verdict());
  }

  /// Returns what is withheld, why, and until when: `BLOCKED serde 1.0.9: cooldown: ...`.
  public String sentence() {
    Reason reason = verdict.reason();
    return "BLOCKED %s %s: %s: %s%s"
        .formatted(
            id.name(),
            id.version(),
            reason.code().code(),
            Plain.cut(reason.detail(), MAX_DETAIL),
            until());
  }

  private String until() {
    // The next full minute, so that whoever waits until then is not told to wait once more.
    return verdict instanceof Verdict.Hold(Instant until, var _)
        ? " (until " + until.plusSeconds(59).truncatedTo(ChronoUnit.MINUTES) + ")"
        : "";
  }
}

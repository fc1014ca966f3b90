package lazaret.mirror.deskapi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.DownloadOutcome;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// Why a version is withheld, in the words that cargo prints: at most 511 characters of an answer
/// reach its user (cargo-wire §5.1), so these stay well below.
public final class Refusal {
  /// The longest reason detail that is told, in characters: the rest of the text must fit too.
  private static final int MAX_DETAIL = 110;

  private final CrateId id;
  private final Verdict verdict;
  private final @Nullable CrateVersion instead;

  private Refusal(CrateId id, Verdict verdict, @Nullable CrateVersion instead) {
    this.id = id;
    this.verdict = verdict;
    this.instead = instead;
  }

  /// Reads an outcome of the gate.
  public static Refusal of(DownloadOutcome.Withheld withheld) {
    return new Refusal(withheld.id(), withheld.verdict(), withheld.instead());
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

  /// Returns what to do: the version to use instead where there is one, and whom to ask.
  public String advice() {
    String spec = id.name() + "@" + id.version();
    String use =
        instead == null
            ? "Use: no version of it is served"
            : "Use: cargo update -p %s --precise %s".formatted(spec, instead);
    return use
        + "\nWhy: vetting-cli why "
        + spec
        + "\nAsk: vetting-cli approve "
        + spec
        + " --reason TEXT";
  }
}

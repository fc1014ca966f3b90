package lazaret.vetting.desk.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;

/// The sentence about a withheld version. (Step 7, row 6.7: `vetting.gate.serving.RefusalText` has
/// it, with the text that cargo prints; this class goes then.)
final class RefusalText {
  private static final int MAX_DETAIL = 110;

  private RefusalText() {}

  static String sentence(DownloadOutcome.Withheld withheld) {
    Reason reason = withheld.verdict().reason();
    return "BLOCKED %s %s: %s: %s%s"
        .formatted(
            withheld.id().name(),
            withheld.id().version(),
            reason.code().code(),
            cut(reason.detail()),
            until(withheld.verdict()));
  }

  private static String until(Verdict verdict) {
    // Rounded up to the minute: the wait is over then.
    return verdict instanceof Verdict.Hold(Instant until, var _)
        ? " (until " + until.plusSeconds(59).truncatedTo(ChronoUnit.MINUTES) + ")"
        : "";
  }

  private static String cut(String text) {
    return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL - 2) + "..";
  }
}

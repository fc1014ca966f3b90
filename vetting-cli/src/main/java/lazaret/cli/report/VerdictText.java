package lazaret.cli.report;

import java.time.Instant;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.text.KebabCase;

/// Verdicts and reasons of a desk's replies as text.
public final class VerdictText {
  private VerdictText() {}

  /// Returns `allow`, `hold`, `review` or `deny` in its color. A verdict that `audit` mode
  /// overrides is marked.
  public static Cell kind(VerdictInfo verdict, boolean served) {
    TextStyle style =
        switch (verdict.kind()) {
          case ALLOW -> TextStyle.GOOD;
          case HOLD, REVIEW -> TextStyle.WARN;
          case DENY -> TextStyle.BAD;
        };
    String kind = KebabCase.of(verdict.kind());
    boolean overridden = served && verdict.kind() != VerdictInfo.Kind.ALLOW;
    return Cell.of(style, overridden ? kind + " (served: audit)" : kind);
  }

  /// Returns the deciding reason, and the end of a hold.
  public static String why(VerdictInfo verdict, Instant now) {
    String reason = verdict.reasons().isEmpty() ? "" : reason(verdict.reasons().getFirst());
    return verdict.until() == null
        ? reason
        : reason + "; until " + Timestamps.until(verdict.until(), now);
  }

  /// Returns a reason as `code: detail`.
  public static String reason(ReasonInfo reason) {
    return reason.code() + ": " + reason.detail();
  }
}

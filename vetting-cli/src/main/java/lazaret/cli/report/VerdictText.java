package lazaret.cli.report;

import java.time.Instant;
import java.util.List;

/// Verdicts and reasons of a desk's replies as text.
public final class VerdictText {
  private VerdictText() {}

  /// Returns `allow`, `hold`, `review` or `deny` in its color. A verdict that `audit` mode
  /// overrides is marked.
  public static Cell kind(JsonObject verdict, boolean served) {
    String kind = verdict.words("kind");
    TextStyle style =
        switch (kind) {
          case "allow" -> TextStyle.GOOD;
          case "deny" -> TextStyle.BAD;
          default -> TextStyle.WARN;
        };
    return Cell.of(style, served && !kind.equals("allow") ? kind + " (served: audit)" : kind);
  }

  /// Returns the deciding reason, and the end of a hold.
  public static String why(JsonObject verdict, Instant now) {
    List<JsonObject> reasons = verdict.objects("reasons");
    String reason = reasons.isEmpty() ? "" : reason(reasons.getFirst());
    return verdict
        .text("until")
        .map(until -> reason + "; until " + Timestamps.until(until, now))
        .orElse(reason);
  }

  /// Returns a reason as `code: detail`.
  public static String reason(JsonObject reason) {
    return reason.words("code") + ": " + reason.words("detail");
  }
}

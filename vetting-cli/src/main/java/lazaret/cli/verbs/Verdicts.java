package lazaret.cli.verbs;

import java.time.Instant;
import java.util.List;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import lazaret.cli.report.Style;

/// Verdicts and reasons of a desk's replies as text.
final class Verdicts {
  private Verdicts() {}

  /// Returns `allow`, `hold`, `review` or `deny` in its color. A verdict that `audit` mode
  /// overrides is marked.
  static Cell kind(JsonObject verdict, boolean served) {
    String kind = verdict.words("kind");
    Style style =
        switch (kind) {
          case "allow" -> Style.GOOD;
          case "deny" -> Style.BAD;
          default -> Style.WARN;
        };
    return Cell.of(style, served && !kind.equals("allow") ? kind + " (served: audit)" : kind);
  }

  /// Returns the deciding reason, and the end of a hold.
  static String why(JsonObject verdict, Instant now) {
    List<JsonObject> reasons = verdict.objects("reasons");
    String reason = reasons.isEmpty() ? "" : reason(reasons.getFirst());
    return verdict
        .text("until")
        .map(until -> reason + "; until " + Moments.until(until, now))
        .orElse(reason);
  }

  /// Returns a reason as `code: detail`.
  static String reason(JsonObject reason) {
    return reason.words("code") + ": " + reason.words("detail");
  }
}

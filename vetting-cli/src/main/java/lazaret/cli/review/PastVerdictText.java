package lazaret.cli.review;

import java.time.Instant;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Timestamps;
import lazaret.cli.report.VerdictText;

/// The text of a verdict at a time in the past, with the source of the information.
final class PastVerdictText {
  private final Terminal terminal;
  private final Instant now;

  PastVerdictText(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.now = now;
  }

  void print(JsonObject past) {
    String spec = past.words("name") + "@" + past.words("version");
    String at = Timestamps.minute(past.words("at"));
    switch (past.words("account")) {
      case "recorded" -> recorded(past, spec, at);
      case "aged" -> {
        headline(spec, TextStyle.GOOD, "served", " at %s by its age alone".formatted(at));
        absent(past);
      }
      case "not-recorded" -> {
        terminal.line(
            Cell.of(TextStyle.STRONG, spec), Cell.of(" has no recorded verdict for " + at));
        absent(past);
      }
      default ->
          terminal.line(
              Cell.of(TextStyle.STRONG, spec), Cell.of(" was unknown to this gate at " + at));
    }
    next(past.object("next"));
  }

  private void recorded(JsonObject past, String spec, String at) {
    JsonObject verdict = past.object("verdict");
    boolean served = past.flag("served");
    headline(
        spec,
        served ? TextStyle.GOOD : TextStyle.BAD,
        served ? "served" : "withheld",
        " at %s (%s)".formatted(at, verdict.words("kind")));
    verdict.objects("reasons").forEach(r -> fact("because", VerdictText.reason(r)));
    verdict.text("until").ifPresent(until -> fact("until", Timestamps.until(until, now)));
    past.objects("decisions").forEach(this::decision);
    JsonObject given = past.object("given");
    fact("recorded", "at that time, " + Timestamps.distant(given.words("at"), now));
    context(given.object("grounds"));
  }

  private void headline(String spec, TextStyle style, String served, String rest) {
    terminal.line(
        Cell.of(TextStyle.STRONG, spec), Cell.of(" was "), Cell.of(style, served), Cell.of(rest));
  }

  /// Prints the reason for which no verdict is recorded, and what is known of the moment.
  private void absent(JsonObject past) {
    fact("not recorded", past.words("detail"));
    past.objects("decisions").forEach(this::decision);
    JsonObject given = past.object("given");
    if (given.has("at")) {
      fact("given before", told(given));
    }
  }

  private void context(JsonObject grounds) {
    fact("policy", "generation " + grounds.words("policy"));
    long inspector = grounds.number("inspector_version");
    fact("inspected", inspector == 0 ? "not yet" : "by inspector " + inspector);
    fact(
        "feeds",
        grounds.texts("feeds").isEmpty() ? "none" : String.join("; ", grounds.texts("feeds")));
  }

  private void decision(JsonObject decision) {
    fact(
        "decision",
        "%s %s by %s: %s%s"
            .formatted(
                Timestamps.minute(decision.words("at")),
                decision.words("kind"),
                decision.words("by"),
                decision.words("reason"),
                decision.text("expires").map(at -> "; until " + Timestamps.minute(at)).orElse("")));
  }

  private void next(JsonObject next) {
    if (next.has("at")) {
      fact("next", told(next));
    }
  }

  private String told(JsonObject ruling) {
    return "%s: %s, %s"
        .formatted(
            Timestamps.distant(ruling.words("at"), now),
            ruling.object("verdict").words("kind"),
            VerdictText.why(ruling.object("verdict"), now));
  }

  private void fact(String name, String value) {
    terminal.line(Cell.of(TextStyle.FAINT, "  %-15s".formatted(name)), Cell.of(value));
  }
}

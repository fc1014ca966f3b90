package lazaret.cli.review;

import java.time.Instant;
import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Timestamps;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.deskapi.crates.ContextInfo;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.PastVerdictReply;
import lazaret.vetting.deskapi.crates.RecordedVerdictInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.text.KebabCase;

/// The text of a verdict at a time in the past, with the source of the information.
final class PastVerdictText {
  private final Terminal terminal;
  private final Instant now;

  PastVerdictText(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.now = now;
  }

  void print(PastVerdictReply past) {
    String spec = past.name() + "@" + past.version();
    String at = Timestamps.minute(past.at());
    switch (past.source()) {
      case RECORDED -> recorded(past, spec, at);
      case AGED -> {
        headline(spec, TextStyle.GOOD, "served", " at %s by its age alone".formatted(at));
        absent(past);
      }
      case NOT_RECORDED -> {
        terminal.line(
            Cell.of(TextStyle.STRONG, spec), Cell.of(" has no recorded verdict for " + at));
        absent(past);
      }
      case NOT_KNOWN ->
          terminal.line(
              Cell.of(TextStyle.STRONG, spec), Cell.of(" was unknown to this gate at " + at));
    }
    if (past.next() != null) {
      fact("next", text(past.next()));
    }
  }

  private void recorded(PastVerdictReply past, String spec, String at) {
    boolean served = past.served();
    VerdictInfo verdict = past.verdict();
    headline(
        spec,
        served ? TextStyle.GOOD : TextStyle.BAD,
        served ? "served" : "withheld",
        " at %s%s"
            .formatted(at, verdict == null ? "" : " (%s)".formatted(KebabCase.of(verdict.kind()))));
    if (verdict != null) {
      verdict.reasons().forEach(r -> fact("because", VerdictText.reason(r)));
      if (verdict.until() != null) {
        fact("until", Timestamps.until(verdict.until(), now));
      }
    }
    past.decisions().forEach(this::decision);
    if (past.recorded() != null) {
      fact("recorded", "at that time, " + Timestamps.distant(past.recorded().at(), now));
      context(past.recorded().context());
    }
  }

  private void headline(String spec, TextStyle style, String served, String rest) {
    terminal.line(
        Cell.of(TextStyle.STRONG, spec), Cell.of(" was "), Cell.of(style, served), Cell.of(rest));
  }

  /// Prints the reason for which no verdict is recorded, and what is known of the moment.
  private void absent(PastVerdictReply past) {
    fact("not recorded", past.detail() == null ? "" : past.detail());
    past.decisions().forEach(this::decision);
    if (past.recorded() != null) {
      fact("given before", text(past.recorded()));
    }
  }

  private void context(ContextInfo context) {
    fact("policy", "generation " + context.policy());
    int inspector = context.inspectorVersion();
    fact("inspected", inspector == 0 ? "not yet" : "by inspector " + inspector);
    fact("feeds", context.feeds().isEmpty() ? "none" : String.join("; ", context.feeds()));
  }

  private void decision(DecisionInfo decision) {
    fact(
        "decision",
        "%s %s by %s: %s%s"
            .formatted(
                Timestamps.minute(decision.at()),
                KebabCase.of(decision.kind()),
                decision.by(),
                decision.reason(),
                decision.expires() == null
                    ? ""
                    : "; until " + Timestamps.minute(decision.expires())));
  }

  private String text(RecordedVerdictInfo recorded) {
    return "%s: %s, %s"
        .formatted(
            Timestamps.distant(recorded.at(), now),
            KebabCase.of(recorded.verdict().kind()),
            VerdictText.why(recorded.verdict(), now));
  }

  private void fact(String name, String value) {
    terminal.line(Cell.of(TextStyle.FAINT, "  %-15s".formatted(name)), Cell.of(value));
  }
}

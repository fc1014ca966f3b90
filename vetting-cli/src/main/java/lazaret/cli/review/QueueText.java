package lazaret.cli.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;

/// The text of the queue: the requests of one view, then the counts of the others.
public final class QueueText {
  private final Terminal terminal;
  private final Instant now;

  /// Creates a page.
  public QueueText(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.now = now;
  }

  /// Prints the requests of one view.
  ///
  /// @param queue the reply of the desk
  /// @param requests the requests to print
  /// @param view the requested view
  public void list(JsonObject queue, List<JsonObject> requests, QueueView view) {
    if (requests.isEmpty()) {
      terminal.line(view.empty());
    } else {
      TextTable table =
          new TextTable("CRATE", "VERSION", "WHY", "NOW", "ASKED", "LAST", "BY", "ASSIGNED");
      for (JsonObject request : requests) {
        table.row(
            Cell.of(TextStyle.STRONG, request.words("name")),
            Cell.of(request.words("version")),
            Cell.of(why(request)),
            now(request),
            Cell.of(request.number("count")),
            Cell.of(Timestamps.minute(request.words("last"))),
            Cell.of(String.join(", ", request.texts("askers"))),
            Cell.of(request.text("assigned_to").orElse("-")));
      }
      terminal.table(table);
      requests.forEach(this::remark);
    }
    others(queue.object("counts"), view);
    rest(queue);
  }

  /// Prints one request with its history.
  public void history(JsonObject request) {
    terminal.line(
        Cell.of(TextStyle.STRONG, request.words("name") + "@" + request.words("version")),
        Cell.of("  " + request.words("state")));
    fact("asked", asked(request));
    fact("why then", why(request));
    request
        .object("verdict")
        .objects("reasons")
        .forEach(r -> fact("why now", r.words("code") + ": " + r.words("detail")));
    request.text("assigned_to").ifPresent(person -> fact("assigned to", person));
    long hidden = request.number("acts") - request.objects("history").size();
    if (hidden > 0) {
      fact("history", hidden + " earlier steps are in the ledger: vetting-cli events");
    }
    request.objects("history").forEach(act -> fact(Timestamps.minute(act.words("at")), step(act)));
  }

  private static String asked(JsonObject request) {
    List<String> askers = request.texts("askers");
    return "%d times, last %s%s"
        .formatted(
            request.number("count"),
            Timestamps.minute(request.words("last")),
            askers.isEmpty() ? "" : " by " + String.join(", ", askers));
  }

  private void remark(JsonObject request) {
    JsonObject act = request.object("last_act");
    if (act.has("text") && !act.words("act").equals("assign")) {
      terminal.line(
          Cell.of(
              TextStyle.FAINT,
              "  %s@%s  ".formatted(request.words("name"), request.words("version"))),
          Cell.of(Timestamps.minute(act.words("at")) + " " + step(act)));
    }
  }

  private static String step(JsonObject act) {
    String by = act.words("by");
    String text = act.text("text").map(words -> ": " + words).orElse("");
    return switch (act.words("act")) {
      case "ask" -> by + " asks for it" + text;
      case "close" -> by + " closed it" + text;
      case "reopen" -> by + " reopened it" + text;
      case "assign" -> by + " assigned it to " + act.words("text");
      case "unassign" -> by + " removed the assignment";
      default -> by + text;
    };
  }

  private void others(JsonObject counts, QueueView shown) {
    List<String> others = new ArrayList<>();
    for (QueueView view : QueueView.values()) {
      long count = view == QueueView.ALL ? 0 : counts.number(view.code());
      if (view != shown && shown != QueueView.ALL && count > 0) {
        others.add("%d %s (%s)".formatted(count, view.words(), view.option()));
      }
    }
    if (!others.isEmpty()) {
      terminal.line("not listed: " + String.join(", ", others));
    }
  }

  private void rest(JsonObject queue) {
    if (queue.number("more") > 0) {
      terminal.line("%d more requests are not shown".formatted(queue.number("more")));
    }
    if (queue.number("dropped") + queue.number("expired") > 0) {
      terminal.line(
          "%d requests were dropped because there were too many, %d because of their age"
              .formatted(queue.number("dropped"), queue.number("expired")));
    }
  }

  private static String why(JsonObject request) {
    List<String> approvers = request.texts("approved_by");
    return approvers.isEmpty()
        ? request.words("reason")
        : "%s, %s approved".formatted(request.words("reason"), String.join(" and ", approvers));
  }

  /// Returns the current verdict with its deciding reason.
  private Cell now(JsonObject request) {
    JsonObject verdict = request.object("verdict");
    if (!request.has("verdict")) {
      return Cell.of(TextStyle.WARN, "not in the index");
    }
    String kind = verdict.words("kind");
    if (kind.equals("allow")) {
      return Cell.of(TextStyle.GOOD, "served");
    }
    List<JsonObject> reasons = verdict.objects("reasons");
    String code = reasons.isEmpty() ? "" : ", " + reasons.getFirst().words("code");
    String until =
        verdict.text("until").map(at -> " until " + Timestamps.until(at, now)).orElse("");
    return Cell.of(kind.equals("deny") ? TextStyle.BAD : TextStyle.WARN, kind + code + until);
  }

  private void fact(String name, String value) {
    terminal.line(Cell.of(TextStyle.FAINT, "  %-18s".formatted(name)), Cell.of(value));
  }
}

package lazaret.cli.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.deskapi.crates.RequestInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.requests.QueueCountsInfo;
import lazaret.vetting.deskapi.requests.QueueReply;
import lazaret.vetting.deskapi.requests.QueuedRequestInfo;
import lazaret.vetting.deskapi.requests.QueuedVersionReply;
import lazaret.vetting.deskapi.requests.RequestStepInfo;
import lazaret.vetting.text.KebabCase;

/// The text of the queue: the requests of one view, then the counts of the others.
final class QueueText {
  private final Terminal terminal;
  private final Instant now;

  QueueText(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.now = now;
  }

  /// Prints the requests of one view.
  void list(QueueReply queue, QueueView view) {
    if (queue.requests().isEmpty()) {
      terminal.line(view.empty());
    } else {
      TextTable table =
          new TextTable("CRATE", "VERSION", "WHY", "NOW", "ASKED", "LAST", "BY", "ASSIGNED");
      for (QueuedRequestInfo queued : queue.requests()) {
        RequestInfo request = queued.request();
        table.row(
            Cell.of(TextStyle.STRONG, request.name()),
            Cell.of(request.version()),
            Cell.of(why(queued)),
            now(queued),
            Cell.of(request.count()),
            Cell.of(Timestamps.minute(request.last())),
            Cell.of(requesters(request)),
            Cell.of(queued.assignedTo() == null ? "-" : queued.assignedTo()));
      }
      terminal.table(table);
      queue.requests().forEach(this::remark);
    }
    others(queue.counts(), view);
    rest(queue);
  }

  /// Prints one request with its history.
  void history(QueuedVersionReply reply) {
    QueuedRequestInfo queued = reply.request();
    RequestInfo request = queued.request();
    terminal.line(
        Cell.of(TextStyle.STRONG, request.name() + "@" + request.version()),
        Cell.of("  " + KebabCase.of(queued.state())));
    fact("asked", asked(request));
    fact("why then", why(queued));
    if (queued.verdict() != null) {
      queued.verdict().reasons().forEach(r -> fact("why now", VerdictText.reason(r)));
    }
    if (queued.assignedTo() != null) {
      fact("assigned to", queued.assignedTo());
    }
    long hidden = queued.acts() - reply.history().size();
    if (hidden > 0) {
      fact("history", hidden + " earlier steps are in the ledger: vetting-cli log");
    }
    reply.history().forEach(step -> fact(Timestamps.minute(step.at()), step(step)));
  }

  private static String asked(RequestInfo request) {
    String requesters = requesters(request);
    return "%d times, last %s%s"
        .formatted(
            request.count(),
            Timestamps.minute(request.last()),
            requesters.isEmpty() ? "" : " by " + requesters);
  }

  /// Returns the requesters, or the empty text if the caller may not see them.
  static String requesters(RequestInfo request) {
    return request.requesters() == null ? "" : String.join(", ", request.requesters());
  }

  private void remark(QueuedRequestInfo queued) {
    RequestStepInfo step = queued.lastAct();
    if (step != null && step.text() != null && step.act() != RequestStepInfo.Act.ASSIGN) {
      RequestInfo request = queued.request();
      terminal.line(
          Cell.of(TextStyle.FAINT, "  %s@%s  ".formatted(request.name(), request.version())),
          Cell.of(Timestamps.minute(step.at()) + " " + step(step)));
    }
  }

  private static String step(RequestStepInfo step) {
    String by = step.by();
    String text = step.text() == null ? "" : ": " + step.text();
    return switch (step.act()) {
      case ASK -> by + " asks for it" + text;
      case CLOSE -> by + " closed it" + text;
      case REOPEN -> by + " reopened it" + text;
      case COMMENT -> by + text;
      case ASSIGN -> by + " assigned it to " + (step.text() == null ? "" : step.text());
      case UNASSIGN -> by + " removed the assignment";
    };
  }

  private void others(QueueCountsInfo counts, QueueView shown) {
    List<String> others = new ArrayList<>();
    for (QueueView view : QueueView.values()) {
      long count = view.count(counts);
      if (view != shown && shown != QueueView.ALL && count > 0) {
        others.add("%d %s (%s)".formatted(count, view.words(), view.option()));
      }
    }
    if (!others.isEmpty()) {
      terminal.line("not listed: " + String.join(", ", others));
    }
  }

  private void rest(QueueReply queue) {
    if (queue.more() > 0) {
      terminal.line("%d more requests are not shown".formatted(queue.more()));
    }
    if (queue.dropped() + queue.expired() > 0) {
      terminal.line(
          "%d requests were dropped because there were too many, %d because of their age"
              .formatted(queue.dropped(), queue.expired()));
    }
  }

  private static String why(QueuedRequestInfo queued) {
    String reason = queued.request().reason();
    return queued.approvedBy().isEmpty()
        ? reason
        : "%s, %s approved".formatted(reason, String.join(" and ", queued.approvedBy()));
  }

  /// Returns the current verdict with its deciding reason.
  private Cell now(QueuedRequestInfo queued) {
    VerdictInfo verdict = queued.verdict();
    if (verdict == null) {
      return Cell.of(TextStyle.WARN, "not in the index");
    }
    String code = verdict.reasons().isEmpty() ? "" : ", " + verdict.reasons().getFirst().code();
    String until =
        verdict.until() == null ? "" : " until " + Timestamps.until(verdict.until(), now);
    String text = KebabCase.of(verdict.kind()) + code + until;
    return switch (verdict.kind()) {
      case ALLOW -> Cell.of(TextStyle.GOOD, "served");
      case HOLD, REVIEW -> Cell.of(TextStyle.WARN, text);
      case DENY -> Cell.of(TextStyle.BAD, text);
    };
  }

  private void fact(String name, String value) {
    terminal.line(Cell.of(TextStyle.FAINT, "  %-18s".formatted(name)), Cell.of(value));
  }
}

package lazaret.cli.admin;

import java.time.Duration;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.ErrorCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `events`, which lists ledger entries.
@Command(
    name = "events",
    header = "List the entries of the ledger",
    description = {
      "",
      "The oldest entry comes first. Each entry contains the hash of the previous one; a break in"
          + " the chain is reported as tampering."
    },
    footer = {
      "Examples:",
      "  vetting-cli events --after 120",
      "  vetting-cli events --alarms",
      "  vetting-cli events --follow --json     (one JSON document a line)"
    },
    exitCodeList = {"0:success", "3:gate unavailable", "4:hash chain broken"})
public final class EventsVerb extends Verb {
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  @Option(
      names = "--after",
      paramLabel = "N",
      description = "Only entries after this sequence number.")
  long after;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Maximum number of entries, 1 to 10000. Default: 1000.")
  int limit = 1_000;

  @Option(names = "--alarms", description = "Only entries that a person must look at.")
  boolean alarms;

  @Option(
      names = {"-f", "--follow"},
      description = "Continue as entries are added, until interrupted.")
  boolean follow;

  private String last = "";

  public EventsVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    long next = after;
    JsonObject page = page(next);
    if (!follow && session().json()) {
      terminal().json(page.toBuilder().list("events", shown(page), e -> e).build());
      return ExitCode.DONE;
    }
    print(shown(page));
    while (follow && !Thread.currentThread().isInterrupted()) {
      next = page.number("next");
      session().around().pause().of(BETWEEN);
      page = page(next);
      print(shown(page));
    }
    return ExitCode.DONE;
  }

  private JsonObject page(long from) {
    JsonObject page =
        desk()
            .ask(
                "cannot read the ledger",
                DeskQuestion.get("/events?after=%d&limit=%d".formatted(from, limit)));
    for (JsonObject entry : page.objects("events")) {
      String previous = entry.words("previous");
      if (!last.isEmpty() && !previous.equals(last)) {
        throw new CliException(
            ErrorCode.STORE_CORRUPT,
            "the hash chain of the ledger is broken at entry %d: it names %s as the previous hash, found %s; run 'vetting-cli fsck'"
                .formatted(entry.number("sequence"), previous, last));
      }
      last = entry.words("hash");
    }
    return page;
  }

  private List<JsonObject> shown(JsonObject page) {
    return page.objects("events").stream()
        .filter(entry -> !alarms || entry.object("notice").flag("alarm"))
        .toList();
  }

  private void print(List<JsonObject> entries) {
    if (session().json()) {
      entries.forEach(terminal()::jsonLine);
      return;
    }
    TextTable table = new TextTable("NO", "WHEN", "WHAT", "CRATE", "BY", "DETAIL");
    for (JsonObject entry : entries) {
      boolean decision = entry.has("decision");
      JsonObject event = entry.object(decision ? "decision" : "notice");
      table.row(
          Cell.of(entry.number("sequence")),
          Cell.of(Timestamps.minute(event.words("at"))),
          Cell.of(event.flag("alarm") ? TextStyle.BAD : TextStyle.STRONG, event.words("kind")),
          Cell.of((event.words("name") + " " + event.words("version")).strip()),
          Cell.of(event.words("by")),
          Cell.of(event.words(decision ? "reason" : "detail")));
    }
    terminal().table(table);
  }
}

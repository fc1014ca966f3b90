package lazaret.cli.admin;

import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.EventOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.events.EventInfo;
import lazaret.vetting.deskapi.events.EventsReply;
import lazaret.vetting.deskapi.events.EventsRequest;
import lazaret.vetting.deskapi.events.NoticeInfo;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `log`, which lists ledger entries.
@Command(
    name = "log",
    header = "List the entries of the ledger, export or verify it",
    synopsisSubcommandLabel = "| export | verify",
    description = {
      "",
      "The oldest entry comes first. Each entry contains the hash of the previous one; a break in"
          + " the chain is reported as tampering."
    },
    footer = {
      "Examples:",
      "  vetting-cli log --after 120",
      "  vetting-cli log --alarms",
      "  vetting-cli log --follow --json     (one JSON document a line)",
      "  vetting-cli log export > audit.ndjson",
      "  vetting-cli log verify audit.ndjson"
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

  private @Nullable Sha256 last;

  public EventsVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    return LogVerb.parts(session());
  }

  @Override
  public ExitCode run() {
    EventsReply page = page(after);
    if (!follow && session().json()) {
      terminal().json(new EventsReply(shown(page), page.next()));
      return ExitCode.DONE;
    }
    print(shown(page));
    while (follow && !Thread.currentThread().isInterrupted()) {
      session().around().pause().of(BETWEEN);
      page = page(page.next());
      print(shown(page));
    }
    return ExitCode.DONE;
  }

  private EventsReply page(long from) {
    EventsReply page =
        desk()
            .call(EventOperations.EVENTS, new EventsRequest(from, limit), "cannot read the ledger");
    for (EventInfo entry : page.events()) {
      if (last != null && !entry.previous().equals(last)) {
        throw new CliException(
            ErrorCode.STORE_CORRUPT,
            "the hash chain of the ledger is broken at entry %d: it names %s as the previous hash, found %s; run 'vetting-cli fsck'"
                .formatted(entry.sequence(), entry.previous().hex(), last.hex()));
      }
      last = entry.hash();
    }
    return page;
  }

  private List<EventInfo> shown(EventsReply page) {
    return page.events().stream()
        .filter(entry -> !alarms || (entry.notice() != null && entry.notice().alarm()))
        .toList();
  }

  private void print(List<EventInfo> entries) {
    if (session().json()) {
      entries.forEach(terminal()::jsonLine);
      return;
    }
    TextTable table = new TextTable("NO", "WHEN", "WHAT", "CRATE", "BY", "DETAIL");
    for (EventInfo entry : entries) {
      if (entry.decision() != null) {
        decision(table, entry.sequence(), entry.decision());
      } else if (entry.notice() != null) {
        notice(table, entry.sequence(), entry.notice());
      }
    }
    terminal().table(table);
  }

  private static void decision(TextTable table, long sequence, DecisionInfo decision) {
    table.row(
        Cell.of(sequence),
        Cell.of(Timestamps.minute(decision.at())),
        Cell.of(TextStyle.STRONG, KebabCase.of(decision.kind())),
        Cell.of(decision.name() + " " + decision.version()),
        Cell.of(decision.by()),
        Cell.of(decision.reason()));
  }

  private static void notice(TextTable table, long sequence, NoticeInfo notice) {
    table.row(
        Cell.of(sequence),
        Cell.of(Timestamps.minute(notice.at())),
        Cell.of(notice.alarm() ? TextStyle.BAD : TextStyle.STRONG, notice.kind()),
        Cell.of(concerned(notice)),
        Cell.of(notice.by()),
        Cell.of(notice.detail()));
  }

  private static String concerned(NoticeInfo notice) {
    String name = notice.name() == null ? "" : notice.name().toString();
    return notice.version() == null ? name : (name + " " + notice.version()).strip();
  }
}

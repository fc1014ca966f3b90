package lazaret.cli.documentation;

import java.time.Instant;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.ResultOperations;
import lazaret.vetting.deskapi.site.ResultKeyInfo;
import lazaret.vetting.deskapi.site.ResultSourceInfo;
import lazaret.vetting.deskapi.site.ResultsReply;
import picocli.CommandLine.Command;

/// The command `results status`, which shows the keys and feeds of inspection results.
@Command(
    name = "status",
    header = "Show the keys, feeds and numbers of inspection results",
    footer = {
      "Examples:",
      "  vetting-cli results status",
      "  vetting-cli results status --json | jq .used"
    },
    exitCodeList = {"0:success", "3:gate unavailable"})
final class ResultsStatusVerb extends EmptyRequestVerb<ResultsReply> {
  ResultsStatusVerb(CliSession session) {
    super(session, () -> ResultOperations.RESULTS, "cannot read the state of inspection results");
  }

  @Override
  protected void print(ResultsReply reply) {
    TextTable keys = new TextTable("KEY", "UNTIL", "STATE");
    for (ResultKeyInfo key : reply.keys()) {
      Instant until = key.until();
      String revoked = key.revoked();
      keys.row(
          Cell.of(TextStyle.STRONG, key.id().hex()),
          Cell.of(until == null ? "-" : Timestamps.minute(until)),
          revoked == null
              ? Cell.of(TextStyle.GOOD, "in force")
              : Cell.of(TextStyle.BAD, "revoked: " + revoked));
    }
    terminal().table(keys);
    TextTable feeds = new TextTable("FEED", "ADDRESS", "LINES");
    for (ResultSourceInfo source : reply.sources()) {
      feeds.row(
          Cell.of(TextStyle.STRONG, source.name()),
          Cell.of(source.address()),
          Cell.of(source.lines()));
    }
    terminal().table(feeds);
    terminal()
        .line(
            "%d results wait for their archives, %d were used; this gate published %d lines"
                .formatted(reply.waiting(), reply.used(), reply.published()));
  }
}

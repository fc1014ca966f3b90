package lazaret.cli.hosting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.hosting.PrivateAlarmInfo;
import lazaret.vetting.deskapi.hosting.PrivateAlarmRequest;
import lazaret.vetting.deskapi.hosting.PrivateAlarmsReply;
import lazaret.vetting.deskapi.hosting.PrivateAlarmsRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `private alarms`, which lists and acknowledges alarms about names.
@Command(
    name = "alarms",
    header = "List alarms about private names, and acknowledge them",
    description = {
      "",
      "A private name is public elsewhere, a public advisory names it, or a reserved name has a"
          + " stored public crate; a public version has the bytes of a private one; a lockfile"
          + " takes a private name from crates.io; a request with a private name was stopped. The"
          + " last two are raised again if they happen after an acknowledgment.",
      "Those that are not acknowledged come first. With --json, each line is a part of the list."
    },
    footer = {
      "Examples:",
      "  vetting-cli private alarms",
      "  vetting-cli private alarms --acknowledge private-name-public/acme-core",
      "  vetting-cli private alarms --acknowledge two-origins/a/1.0.0 two-origins/b/1.0.0"
    },
    exitCodeList = {
      "0:success, even if there is none",
      "2:malformed alarm",
      "3:gate unavailable",
      "5:no such alarm; none is acknowledged"
    })
final class PrivateAlarmsVerb extends Verb {
  @Option(
      names = "--acknowledge",
      paramLabel = "ALARM",
      arity = "1..*",
      description = "The alarms at which you looked, as in the list.")
  List<String> acknowledged = new ArrayList<>();

  PrivateAlarmsVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    if (!acknowledged.isEmpty()) {
      print(
          desk()
              .call(
                  HostingOperations.ACKNOWLEDGE_ALARM,
                  new PrivateAlarmRequest(acknowledged),
                  "cannot acknowledge the alarms"));
      return ExitCode.DONE;
    }
    PrivateAlarmsReply part = part(null);
    print(part);
    for (String next = part.next(); next != null; next = part.next()) {
      part = part(next);
      print(part);
    }
    if (!session().json() && part.total() == 0) {
      terminal().line("no alarms about private names");
    }
    return ExitCode.DONE;
  }

  private PrivateAlarmsReply part(@Nullable String after) {
    return desk()
        .call(
            HostingOperations.ALARMS,
            new PrivateAlarmsRequest(after),
            "cannot list the alarms about private names");
  }

  private void print(PrivateAlarmsReply part) {
    if (session().json()) {
      terminal().jsonLine(part);
      return;
    }
    TextTable table = new TextTable("ALARM", "RAISED", "ACKNOWLEDGED");
    for (PrivateAlarmInfo each : part.alarms()) {
      Instant seen = each.acknowledged();
      table.row(
          Cell.of(TextStyle.STRONG, each.key()),
          Cell.of(Timestamps.minute(each.raised())),
          seen == null
              ? Cell.of(TextStyle.WARN, "no")
              : Cell.of("%s by %s".formatted(Timestamps.minute(seen), each.by())));
    }
    terminal().table(table);
  }
}

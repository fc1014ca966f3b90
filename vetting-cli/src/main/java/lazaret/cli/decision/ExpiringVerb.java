package lazaret.cli.decision;

import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import picocli.CommandLine.Command;

/// The command that lists approvals or exemptions by the time at which they expire.
@Command(
    name = "debt",
    header = "List approvals and exemptions that expire",
    description = {
      "",
      "The list begins with the decision that expires first. A decision that is no longer needed can"
          + " expire: the version is served without it."
    },
    footer = {
      "Examples:",
      "  vetting-cli debt",
      "  vetting-cli debt --json | jq -r '.debt[] | select(.needed | not) | .decision.name'"
    },
    exitCodeList = {"0:listed, even if empty", "3:gate unavailable"})
public final class ExpiringVerb extends Verb {
  public ExpiringVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    JsonObject answer =
        desk().ask("cannot list the decisions that expire", DeskQuestion.get("/debt"));
    if (session().json()) {
      terminal().json(answer);
      return ExitCode.DONE;
    }
    List<JsonObject> lines = answer.objects("debt");
    if (lines.isEmpty()) {
      terminal().line("no approval or exemption expires");
      return ExitCode.DONE;
    }
    TextTable table =
        new TextTable("CRATE", "VERSION", "UNTIL", "STATE", "WITHOUT IT", "BY", "REASON");
    for (JsonObject line : lines) {
      JsonObject decision = line.object("decision");
      table.row(
          Cell.of(TextStyle.STRONG, decision.words("name")),
          Cell.of(decision.words("version")),
          Cell.of(Timestamps.minute(decision.words("expires"))),
          state(line),
          Cell.of(line.words("without")),
          Cell.of(decision.words("by")),
          Cell.of(decision.words("reason")));
    }
    terminal().table(table);
    return ExitCode.DONE;
  }

  private static Cell state(JsonObject line) {
    if (line.flag("expired")) {
      return Cell.of(TextStyle.BAD, "expired");
    }
    return line.flag("needed") ? Cell.of("needed") : Cell.of(TextStyle.GOOD, "not needed");
  }
}

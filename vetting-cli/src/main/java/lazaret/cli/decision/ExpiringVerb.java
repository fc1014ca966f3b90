package lazaret.cli.decision;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.decisions.ExpiringDecisionInfo;
import lazaret.vetting.deskapi.decisions.ExpiringReply;
import picocli.CommandLine.Command;

/// The command that lists approvals or exemptions by the time at which they expire.
@Command(
    name = "expiring",
    header = "List approvals and exemptions that expire",
    description = {
      "",
      "The list begins with the decision that expires first. A decision that is no longer needed"
          + " can expire: the version is served without it."
    },
    footer = {
      "Examples:",
      "  vetting-cli expiring",
      "  vetting-cli expiring --json | jq -r '.expiring[] | select(.needed | not) | .decision.name'"
    },
    exitCodeList = {"0:listed, even if empty", "3:gate unavailable"})
public final class ExpiringVerb extends EmptyRequestVerb<ExpiringReply> {
  public ExpiringVerb(CliSession session) {
    super(session, () -> DecisionOperations.EXPIRING, "cannot list the decisions that expire");
  }

  @Override
  protected void print(ExpiringReply reply) {
    if (reply.expiring().isEmpty()) {
      terminal().line("no approval or exemption expires");
      return;
    }
    TextTable table =
        new TextTable("CRATE", "VERSION", "UNTIL", "STATE", "WITHOUT IT", "BY", "REASON");
    for (ExpiringDecisionInfo line : reply.expiring()) {
      DecisionInfo decision = line.decision();
      table.row(
          Cell.of(TextStyle.STRONG, decision.name()),
          Cell.of(decision.version()),
          Cell.of(decision.expires() == null ? "" : Timestamps.minute(decision.expires())),
          state(line),
          Cell.of(line.without() == null ? "" : line.without()),
          Cell.of(decision.by()),
          Cell.of(decision.reason()));
    }
    terminal().table(table);
  }

  private static Cell state(ExpiringDecisionInfo line) {
    if (line.expired()) {
      return Cell.of(TextStyle.BAD, "expired");
    }
    return line.needed() ? Cell.of("needed") : Cell.of(TextStyle.GOOD, "not needed");
  }
}

package lazaret.cli.review;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.crates.RemovalInfo;
import lazaret.vetting.deskapi.crates.RemovalsConfirmReply;
import lazaret.vetting.deskapi.crates.RemovalsReply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `removals`, which lists or confirms removals upstream.
@Command(
    name = "removals",
    header = "List crates that vanished upstream and are not withdrawn yet",
    description = {
      "",
      "A crate or version that upstream stops listing is withdrawn after a second request confirms"
          + " it. If very many vanish within an hour, nothing is withdrawn until a person confirms"
          + " it with --confirm; upstream is then asked again for each."
    },
    footer = {"Examples:", "  vetting-cli removals", "  vetting-cli removals --confirm"},
    exitCodeList = {"0:success, even if there is none", "3:gate unavailable"})
public final class RemovalsVerb extends Verb {
  @Option(names = "--confirm", description = "Confirm all removals.")
  private boolean confirm;

  public RemovalsVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    return confirm ? confirmed() : listed();
  }

  private ExitCode confirmed() {
    Reply<RemovalsConfirmReply> reply =
        desk().reply(CrateOperations.CONFIRM_REMOVALS, new EmptyRequest());
    RemovalsConfirmReply confirmed = DeskClient.value(reply, "cannot confirm the removals");
    if (session().json()) {
      terminal().json(reply.document());
    } else {
      terminal()
          .line(
              "confirmed: upstream is asked again for %d crates".formatted(confirmed.confirmed()));
    }
    return ExitCode.DONE;
  }

  private ExitCode listed() {
    Reply<RemovalsReply> reply = desk().reply(CrateOperations.REMOVALS, new EmptyRequest());
    RemovalsReply removals = DeskClient.value(reply, "cannot read the removals");
    if (session().json()) {
      terminal().json(reply.document());
    } else {
      print(removals);
    }
    return ExitCode.DONE;
  }

  private void print(RemovalsReply reply) {
    if (reply.massSince() != null) {
      terminal()
          .line(
              Cell.of(
                  TextStyle.BAD,
                  "very many crates vanished since %s: nothing is withdrawn until --confirm"
                      .formatted(Timestamps.minute(reply.massSince()))));
    }
    if (reply.removals().isEmpty()) {
      terminal().line("no removal upstream is unconfirmed");
      return;
    }
    TextTable table = new TextTable("CRATE", "MISSING SINCE", "ASKED AGAIN", "STATE");
    for (RemovalInfo removal : reply.removals()) {
      table.row(
          Cell.of(TextStyle.STRONG, removal.name()),
          Cell.of(Timestamps.minute(removal.since())),
          Cell.of(Timestamps.minute(removal.askAt())),
          Cell.of(removal.confirmed() ? "confirmed by a person" : "removal-unconfirmed"));
    }
    terminal().table(table);
  }
}

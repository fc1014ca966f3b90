package lazaret.cli.review;

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
    JsonObject answer =
        desk()
            .ask(
                "cannot confirm the removals",
                DeskQuestion.post("/removals", JsonObject.builder().build()));
    if (session().json()) {
      terminal().json(answer);
      return ExitCode.DONE;
    }
    terminal()
        .line(
            "confirmed: upstream is asked again for %d crates"
                .formatted(answer.number("confirmed")));
    return ExitCode.DONE;
  }

  private ExitCode listed() {
    JsonObject answer = desk().ask("cannot read the removals", DeskQuestion.get("/removals"));
    if (session().json()) {
      terminal().json(answer);
      return ExitCode.DONE;
    }
    answer
        .text("mass_since")
        .ifPresent(
            since ->
                terminal()
                    .line(
                        Cell.of(
                            TextStyle.BAD,
                            "very many crates vanished since %s: nothing is withdrawn until --confirm"
                                .formatted(Timestamps.minute(since)))));
    List<JsonObject> removals = answer.objects("removals");
    if (removals.isEmpty()) {
      terminal().line("no removal upstream is unconfirmed");
      return ExitCode.DONE;
    }
    TextTable table = new TextTable("CRATE", "MISSING SINCE", "ASKED AGAIN", "STATE");
    for (JsonObject removal : removals) {
      table.row(
          Cell.of(TextStyle.STRONG, removal.words("name")),
          Cell.of(Timestamps.minute(removal.words("since"))),
          Cell.of(Timestamps.minute(removal.words("ask_at"))),
          Cell.of(removal.flag("confirmed") ? "confirmed by a person" : "removal-unconfirmed"));
    }
    terminal().table(table);
    return ExitCode.DONE;
  }
}

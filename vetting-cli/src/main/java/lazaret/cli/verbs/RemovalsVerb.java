package lazaret.cli.verbs;

import java.util.List;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import lazaret.cli.report.Style;
import lazaret.cli.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
final class RemovalsVerb extends Verb {
  @Option(names = "--confirm", description = "Confirm all removals.")
  private boolean confirm;

  RemovalsVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
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
                            Style.BAD,
                            "very many crates vanished since %s: nothing is withdrawn until --confirm"
                                .formatted(Moments.minute(since)))));
    List<JsonObject> removals = answer.objects("removals");
    if (removals.isEmpty()) {
      terminal().line("no removal upstream is unconfirmed");
      return ExitCode.DONE;
    }
    Table table = new Table("CRATE", "MISSING SINCE", "ASKED AGAIN", "STATE");
    for (JsonObject removal : removals) {
      table.row(
          Cell.of(Style.STRONG, removal.words("name")),
          Cell.of(Moments.minute(removal.words("since"))),
          Cell.of(Moments.minute(removal.words("ask_at"))),
          Cell.of(removal.flag("confirmed") ? "confirmed by a person" : "removal-unconfirmed"));
    }
    terminal().table(table);
    return ExitCode.DONE;
  }
}

package lazaret.cli.verbs;

import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Style;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "fsck",
    header = "Checks the whole store: every artefact's hash, every view, the ledger's chain.",
    description = {
      "",
      "The gate goes on serving meanwhile. A rotten artefact is dropped and fetched anew when it is"
          + " next asked for; a view that differs is made anew.",
      "",
      "While acknowledged writes are missing, the gate answers 503 and changes nothing. Restore a"
          + " backup, or accept the loss: the ledger then names what was lost and who accepted it."
    },
    footer = {
      "Examples:",
      "  vetting-cli fsck",
      "  vetting-cli --data-dir /srv/lazaret fsck",
      "  vetting-cli fsck --accept-loss"
    },
    exitCodeList = {"0:the store is sound", "3:no gate answers", "4:something was wrong"})
final class FsckVerb extends Verb {
  @Option(
      names = "--accept-loss",
      description = "Go on without the acknowledged writes that are missing; the ledger names them")
  private boolean acceptLoss;

  FsckVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    JsonObject report =
        desk()
            .ask(
                "cannot check the store",
                DeskQuestion.post("/fsck", question()).patient(DeskQuestion.LONG_PATIENCE));
    if (session().json()) {
      terminal().json(report);
    } else {
      print(report);
    }
    return report.flag("clean") ? ExitCode.DONE : ExitCode.TAMPERED;
  }

  private JsonObject question() {
    return acceptLoss ? JsonObject.builder().put("accept_loss", true).build() : JsonObject.EMPTY;
  }

  private void print(JsonObject report) {
    report
        .text("accepted_loss")
        .ifPresent(
            lost -> terminal().line(Cell.of(Style.WARN, "accepted "), Cell.of("loss: " + lost)));
    report.texts("faults").forEach(f -> terminal().line(Cell.of(Style.BAD, "fault  "), Cell.of(f)));
    report
        .texts("mended")
        .forEach(m -> terminal().line(Cell.of(Style.WARN, "mended "), Cell.of(m)));
    terminal()
        .line(
            report.flag("clean")
                ? Cell.of(Style.GOOD, "sound: ")
                : Cell.of(Style.BAD, "%d faults: ".formatted(report.texts("faults").size())),
            Cell.of(
                "%d crates, %d artefacts, %d ledger entries checked"
                    .formatted(
                        report.number("crates"),
                        report.number("artefacts"),
                        report.number("ledger_entries"))));
  }
}

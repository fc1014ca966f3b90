package lazaret.cli.admin;

import java.nio.file.Path;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.WaitLine;
import lazaret.storage.rocks.RepairReport;
import lazaret.storage.rocks.StoreRepair;
import lazaret.vetting.ErrorCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `fsck`, which checks the store.
@Command(
    name = "fsck",
    header = "Check the artifacts, index views and ledger of the store",
    description = {
      "",
      "The gate keeps serving meanwhile. A damaged artifact is dropped, and fetched again on the"
          + " next request; an index view that differs is rebuilt.",
      "",
      "While acknowledged writes are missing, the gate answers 503 and changes nothing. Restore a"
          + " backup, or accept the loss: the ledger then names what was lost and who accepted it.",
      "",
      "With --repair, a store with damaged or missing files is repaired while no server runs on it."
          + " Replaced files are kept in 'store.damaged' in the data folder."
    },
    footer = {
      "Examples:",
      "  vetting-cli fsck",
      "  vetting-cli fsck --skip-artifacts",
      "  vetting-cli --data-dir /srv/lazaret fsck",
      "  vetting-cli --data-dir /srv/lazaret fsck --repair",
      "  vetting-cli fsck --accept-loss"
    },
    exitCodeList = {
      "0:store intact, or repaired without loss",
      "3:gate unavailable, or a server runs on the store",
      "4:damage or loss found"
    })
public final class FsckVerb extends Verb {
  @Option(
      names = "--accept-loss",
      description =
          "Continue without the acknowledged writes that are missing; the ledger names them.")
  private boolean acceptLoss;

  @Option(
      names = "--skip-artifacts",
      description = "Check only records, index views and the ledger, in a minute instead of hours.")
  private boolean skipArtifacts;

  public FsckVerb(CliSession session) {
    super(session);
  }

  @Option(
      names = "--repair",
      description =
          "Repair the store in --data-dir, on which no server may run: drop what can be fetched"
              + " again, restore what can be proved, list what is lost.")
  private boolean repair;

  @Override
  public ExitCode run() {
    if (repair) {
      return repair();
    }
    JsonObject report;
    try (WaitLine _ = waiting("checking the store", "fsck")) {
      report =
          desk()
              .ask(
                  "cannot check the store",
                  DeskQuestion.post("/fsck", request()).patient(DeskQuestion.LONG_PATIENCE));
    }
    if (session().json()) {
      terminal().json(report);
    } else {
      print(report);
    }
    return report.flag("clean") ? ExitCode.DONE : ExitCode.TAMPERED;
  }

  private JsonObject request() {
    JsonObject.Builder question = JsonObject.builder();
    if (acceptLoss) {
      question.put("accept_loss", true);
    }
    if (skipArtifacts) {
      question.put("skip_artifacts", true);
    }
    return question.build();
  }

  private ExitCode repair() {
    Path folder = session().dataDir();
    if (folder == null) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot repair: expected the folder of the store, found none; stop the server and name the folder with --data-dir DIR");
    }
    RepairReport report = StoreRepair.run(folder, session().around().clock());
    if (session().json()) {
      terminal()
          .json(
              JsonObject.builder()
                  .put("clean", report.sound())
                  .texts("mended", report.repaired())
                  .texts("dropped", report.dropped())
                  .texts("lost", report.lost())
                  .build());
    } else {
      print(report, folder);
    }
    return report.lost().isEmpty() ? ExitCode.DONE : ExitCode.TAMPERED;
  }

  private void print(RepairReport report, Path folder) {
    report.repaired().forEach(m -> item(TextStyle.GOOD, "repaired", m));
    report.dropped().forEach(d -> item(TextStyle.WARN, "dropped ", d));
    report.lost().forEach(l -> item(TextStyle.BAD, "lost    ", l));
    if (report.sound()) {
      terminal().line("intact: nothing was repaired");
    } else {
      terminal().line("next: bin/mirror-server --data-dir " + folder + ", then 'vetting-cli fsck'");
    }
  }

  private void item(TextStyle style, String kind, String text) {
    terminal().line(Cell.of(style, kind + " "), Cell.of(text));
  }

  private void print(JsonObject report) {
    report
        .text("accepted_loss")
        .ifPresent(
            lost ->
                terminal().line(Cell.of(TextStyle.WARN, "accepted "), Cell.of("loss: " + lost)));
    report
        .texts("faults")
        .forEach(f -> terminal().line(Cell.of(TextStyle.BAD, "fault    "), Cell.of(f)));
    report
        .texts("mended")
        .forEach(m -> terminal().line(Cell.of(TextStyle.WARN, "repaired "), Cell.of(m)));
    terminal()
        .line(
            report.flag("clean")
                ? Cell.of(TextStyle.GOOD, "intact: ")
                : Cell.of(TextStyle.BAD, "%d faults: ".formatted(report.texts("faults").size())),
            Cell.of(
                "%d crates, %d artifacts, %d ledger entries checked"
                    .formatted(
                        report.number("crates"),
                        report.number("artefacts"),
                        report.number("ledger_entries"))));
  }
}

package lazaret.cli.admin;

import java.nio.file.Path;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.ServerLocator;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.storage.rocks.RepairReport;
import lazaret.storage.rocks.StoreRepair;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.store.FsckReply;
import lazaret.vetting.deskapi.store.FsckRequest;
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
  public boolean isLong() {
    return true;
  }

  @Override
  public ExitCode run() {
    if (repair) {
      return repair();
    }
    FsckRequest request = new FsckRequest(acceptLoss, skipArtifacts);
    Reply<FsckReply> reply =
        awaited("checking the store", "fsck", () -> desk().reply(StoreOperations.FSCK, request));
    FsckReply report = DeskClient.value(reply, "cannot check the store");
    if (session().json()) {
      terminal().json(reply.document());
    } else {
      print(report);
    }
    return report.clean() ? ExitCode.DONE : ExitCode.TAMPERED;
  }

  /// The JSON of a repair.
  ///
  /// @param clean whether nothing was repaired
  /// @param repaired the repairs, one clause each
  /// @param dropped what was dropped and can be fetched again, one clause each
  /// @param lost what is lost, one clause each
  private record Repaired(
      boolean clean, List<String> repaired, List<String> dropped, List<String> lost) {}

  private ExitCode repair() {
    Path folder = session().dataDir();
    if (folder == null) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot repair: expected the folder of the store, found none; stop the server and name"
              + " the folder with --data-dir DIR");
    }
    RepairReport report =
        run("repairing the store", () -> StoreRepair.run(folder, session().around().clock()));
    if (session().json()) {
      terminal()
          .json(new Repaired(report.sound(), report.repaired(), report.dropped(), report.lost()));
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
      terminal().line("next: " + ServerLocator.start(folder) + ", then 'vetting-cli fsck'");
    }
  }

  private void item(TextStyle style, String kind, String text) {
    terminal().line(Cell.of(style, kind + " "), Cell.of(text));
  }

  private void print(FsckReply report) {
    if (report.acceptedLoss() != null) {
      terminal()
          .line(Cell.of(TextStyle.WARN, "accepted "), Cell.of("loss: " + report.acceptedLoss()));
    }
    report.faults().forEach(f -> item(TextStyle.BAD, "fault   ", f));
    report.repaired().forEach(r -> item(TextStyle.WARN, "repaired", r));
    terminal()
        .line(
            report.clean()
                ? Cell.of(TextStyle.GOOD, "intact: ")
                : Cell.of(TextStyle.BAD, "%d faults: ".formatted(report.faults().size())),
            Cell.of(
                "%d crates, %d artifacts, %d ledger entries checked"
                    .formatted(report.crates(), report.artifacts(), report.ledgerEntries())));
  }
}

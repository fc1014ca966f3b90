package lazaret.cli.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.Timestamps;
import lazaret.storage.files.PublicFiles;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.bundles.BundleKind;
import lazaret.vetting.deskapi.bundles.ImportReply;
import lazaret.vetting.deskapi.bundles.RetainedSnapshotInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "import",
    header = "Import a bundle",
    description = {
      "",
      "Signatures, the chain of snapshots and every byte are checked on the server's disk before"
          + " anything is served. Then one write puts the snapshot in force. If the command is"
          + " interrupted, run it again: it continues where it stopped. Denials and revocations"
          + " that were made here stay in force."
    },
    footer = {
      "Examples:",
      "  vetting-cli bundle diff /media/usb/prod-e1-00000042-delta",
      "  vetting-cli bundle import /media/usb/prod-e1-00000042-delta",
      "  vetting-cli bundle import /media/usb/prod-e1-00000042-delta --approve 9f86d081…"
    },
    exitCodeList = {
      "0:in force, or already imported",
      "1:refused by the scanner",
      "2:malformed bundle",
      "3:gate unavailable, medium unreadable or disk full",
      "4:a signature or digest does not match, or another bundle was approved",
      "5:base snapshot or part missing",
      "6:expired, or feeds too old"
    })
final class BundleImportVerb extends ServerBundleVerb {
  @Option(
      names = "--receipt",
      paramLabel = "FILE",
      description =
          "Write the snapshots of this network to FILE after the import, for 'bundle export --for'"
              + " outside.")
  @Nullable Path receipt;

  BundleImportVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    Reply<ImportReply> reply = reply(false);
    ImportReply done = value(reply);
    if (session().json()) {
      terminal().json(reply.document());
    } else {
      print(done);
    }
    String line = done.receipt();
    if (receipt != null && line != null) {
      write(receipt, line);
      if (!session().json()) {
        terminal().line("receipt for the next export outside: " + receipt);
      }
    }
    return ExitCode.DONE;
  }

  private void write(Path file, String line) {
    try {
      Path whole = session().around().path(file);
      Files.writeString(whole, line + "\n");
      PublicFiles.open(whole);
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.DISK_FULL,
          "cannot write the receipt '%s': %s; the bundle is imported, run the command again for the receipt"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private void print(ImportReply done) {
    RetainedSnapshotInfo snapshot = done.snapshot();
    switch (done.outcome()) {
      case IMPORTED -> imported(done);
      case ALREADY_IMPORTED -> {
        if (snapshot != null) {
          terminal()
              .line(
                  "already imported: snapshot %d, on %s; 'vetting-cli bundle list' shows which one is served"
                      .formatted(snapshot.sequence(), Timestamps.minute(snapshot.at())));
        }
      }
      case WAITING, PLANNED ->
          terminal()
              .line(
                  "snapshot %d is checked and kept until snapshot %d is imported; %s"
                      .formatted(done.sequence(), done.needed(), done.ask()));
    }
  }

  private void imported(ImportReply done) {
    if (done.plan() != null) {
      ImportPlanText.print(terminal(), done.plan());
    }
    if (done.snapshot() != null) {
      served(done.snapshot());
    }
    if (done.reevaluated() != null) {
      BundleText.reevaluated(terminal(), done.reevaluated());
    }
    terminal().line("keep this line outside of this machine:");
    terminal().line("  " + done.highWaterMark());
    if (done.then() != null) {
      imported(done.then());
    }
  }

  /// Prints the snapshot in force. A revocation adds denials to the snapshot that was served
  /// before.
  private void served(RetainedSnapshotInfo snapshot) {
    terminal()
        .line(
            snapshot.kind() == BundleKind.REVOCATION
                ? "revocation %d is in force: its denials apply to all snapshots"
                    .formatted(snapshot.sequence())
                : snapshot.kind() == BundleKind.ADVISORIES
                    ? "advisories are in force; snapshot %d stays served"
                        .formatted(snapshot.sequence())
                    : "snapshot %d is served: %d versions of %d crates"
                        .formatted(snapshot.sequence(), snapshot.versions(), snapshot.crates()));
  }
}

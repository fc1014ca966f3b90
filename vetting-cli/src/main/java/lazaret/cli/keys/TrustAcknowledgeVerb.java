package lazaret.cli.keys;

import java.nio.file.Path;
import lazaret.bundle.importing.BundleImporter;
import lazaret.bundle.importing.HighWaterMark;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DataFolderVerb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.InProcessTransport;
import lazaret.cli.report.ExitCode;
import lazaret.mirror.Wiring;
import lazaret.vetting.ErrorCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "acknowledge-restore",
    header = "Accept a restored store as the newest state",
    description = {
      "",
      "Imports keep a high-water mark next to the data folder (DIR.highwater). A store that is"
          + " behind the mark imports nothing, because it would accept an old bundle as new. This"
          + " command lowers the mark to the store and records the author in the ledger. Import the"
          + " newest bundle next."
    },
    footer = {
      "Examples:",
      "  vetting-cli trust acknowledge-restore --data-dir /srv/lazaret --reason 'disk died' --yes"
    },
    exitCodeList = {
      "0:acknowledged",
      "1:not confirmed",
      "2:no --data-dir, no --reason, no store, or no terminal and no --yes",
      "3:a server runs on the folder, or no root is trusted"
    })
final class TrustAcknowledgeVerb extends DataFolderVerb {
  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Reason in your own words; kept permanently.")
  String reason = "";

  @Option(names = "--yes", description = "Do not ask for confirmation.")
  boolean yes;

  TrustAcknowledgeVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    if (reason.isBlank()) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot acknowledge the restore: missing --reason TEXT");
    }
    Path folder = existing();
    var around = session().around();
    try (Wiring wiring = InProcessTransport.wiring(folder, around.clock(), around.environment())) {
      BundleImporter importer =
          BundleImporter.over(wiring.desk().snapshots(), folder, wiring.clock());
      if (!yes && !agreed()) {
        terminal().line("nothing was acknowledged");
        return ExitCode.REFUSED;
      }
      HighWaterMark now = importer.acknowledge(reason, "local:" + around.user());
      if (session().json()) {
        terminal().json(new Acknowledged(now.line()));
      } else {
        terminal().line("new high-water mark of imports:");
        terminal().line(now.line());
      }
    }
    return ExitCode.DONE;
  }

  private boolean agreed() {
    if (!terminal().looks().asks()) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot acknowledge the restore: expected a terminal to confirm, found none; add --yes");
    }
    terminal()
        .line(
            "Bundles that are newer than the store count as new again, even if they were imported"
                + " before.");
    return terminal().confirms("was this store restored from a backup on purpose?");
  }

  /// The JSON of an acknowledged restore.
  ///
  /// @param highWater the line of the new high-water mark
  private record Acknowledged(String highWater) {}
}

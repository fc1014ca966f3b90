package lazaret.cli.verbs;

import java.nio.file.Path;
import lazaret.bundle.importing.HighWater;
import lazaret.bundle.importing.Importer;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.LocalTransport;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.mirror.Wiring;
import lazaret.vetting.ErrorCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "acknowledge-restore",
    header = "Takes a store that was brought back from a backup for the newest that there is.",
    description = {
      "",
      "Imports leave a mark beside the data folder (DIR.highwater). A store that is behind it imports"
          + " nothing: an old bundle would look new to it. This lowers the mark to the store and writes"
          + " into the ledger who said so. Import the newest bundle next."
    },
    footer = {
      "Examples:",
      "  vetting-cli trust acknowledge-restore --data-dir /srv/lazaret --reason 'disk died' --yes"
    },
    exitCodeList = {
      "0:acknowledged",
      "1:a person said no",
      "2:--data-dir or --reason is missing, there is no store, or nobody can be asked",
      "3:a server holds the folder, or no root is trusted"
    })
final class TrustAcknowledgeVerb extends StoreVerb {
  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "What happened; kept permanently.")
  String reason = "";

  @Option(names = "--yes", description = "Do not ask.")
  boolean yes;

  TrustAcknowledgeVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    if (reason.isBlank()) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot acknowledge the restore: say with --reason why");
    }
    Path folder = existing();
    var around = session().around();
    try (Wiring wiring = LocalTransport.wiring(folder, around.clock(), around.environment())) {
      Importer importer = Importer.over(wiring.desk().snapshots(), folder, around.clock());
      if (!yes && !agreed()) {
        terminal().line("nothing was acknowledged");
        return ExitCode.REFUSED;
      }
      HighWater now = importer.acknowledge(reason, "local:" + around.user());
      if (session().json()) {
        terminal().json(JsonObject.builder().put("high_water", now.line()).build());
      } else {
        terminal().line("imports are held against this from now on:");
        terminal().line(now.line());
      }
    }
    return ExitCode.DONE;
  }

  private boolean agreed() {
    if (!terminal().looks().asks()) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot acknowledge the restore: nobody can be asked; name --yes");
    }
    terminal().line("Bundles that were imported once and are older than that count as new then.");
    return terminal().confirms("was this store brought back from a backup on purpose?");
  }
}

package lazaret.cli.verbs;

import java.nio.file.Path;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Waiting;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.ErrorCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    header = "Makes a store of a backup, whole or not at all.",
    description = {
      "",
      "--data-dir names where: a new or empty folder. A backup holds no tokens: the server writes a"
          + " new admin token when it first starts on the folder."
    },
    footer = {
      "Examples:",
      "  vetting-cli restore /backup/lazaret-2026-11-24 --data-dir /srv/lazaret-again",
      "  bin/mirror-server --data-dir /srv/lazaret-again"
    },
    exitCodeList = {
      "0:the store is whole",
      "2:--data-dir is missing, or the folder is not empty",
      "3:the folder is not private or held by another process",
      "4:the backup is torn or damaged; nothing was restored"
    })
final class RestoreVerb extends Verb {
  @Parameters(paramLabel = "BACKUP", description = "The folder that 'backup' wrote.")
  Path backup = Path.of("");

  RestoreVerb(Session session) {
    super(session);
  }

  @Override
  Asks asks() {
    return Asks.STORE;
  }

  @Override
  ExitCode run() {
    Path folder = session().dataDir();
    if (folder == null) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot restore: name the folder of the new store with --data-dir DIR");
    }
    try (Waiting _ = terminal().waiting("restoring")) {
      RocksStore.restore(session().around().path(backup), folder);
    }
    if (session().json()) {
      terminal().json(JsonObject.builder().put("data_dir", folder.toString()).build());
    } else {
      terminal().line("restored to " + folder);
      terminal().line("next: bin/mirror-server --data-dir " + folder);
    }
    return ExitCode.DONE;
  }
}

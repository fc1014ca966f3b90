package lazaret.cli.admin;

import java.nio.file.Path;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.ServerLocator;
import lazaret.cli.report.ExitCode;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.ErrorCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `restore`, which creates a store from a backup.
@Command(
    name = "restore",
    header = "Create a store from a backup",
    description = {
      "",
      "--data-dir names a new or empty folder. The backup is restored completely or not at all. It"
          + " contains no tokens: the server writes a new admin token at its first start.",
      "",
      "The newest state of an archive is restored, or the one whose manifest is named."
    },
    footer = {
      "Examples:",
      "  vetting-cli restore /backup/lazaret-2026-11-24 --data-dir /srv/lazaret-again",
      "  mirror-server --data-dir /srv/lazaret-again"
    },
    exitCodeList = {
      "0:store complete",
      "2:--data-dir is missing, or the folder is not empty",
      "3:the folder is not private, or another process uses it",
      "4:incomplete or damaged backup; nothing was restored"
    })
public final class RestoreVerb extends Verb {
  @Parameters(
      paramLabel = "BACKUP",
      description = "Folder that 'backup' wrote, or the manifest of a state of an archive.")
  Path backup = Path.of("");

  public RestoreVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Target asks() {
    return Target.STORE;
  }

  /// The JSON of a restored store.
  ///
  /// @param dataDir the folder of the store
  private record Restored(String dataDir) {}

  @Override
  public ExitCode run() {
    Path folder = session().dataDir();
    if (folder == null) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot restore: expected the folder of the new store, found none; name it with"
              + " --data-dir DIR");
    }
    Path _ =
        run(
            "restoring",
            () -> {
              RocksStore.restore(session().around().path(backup), folder);
              return folder;
            });
    if (session().json()) {
      terminal().json(new Restored(folder.toString()));
    } else {
      terminal().line("restored to " + folder);
      terminal().line("next: " + ServerLocator.start(folder));
    }
    return ExitCode.DONE;
  }
}

package lazaret.cli.store;

import java.nio.file.Path;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.report.ExitCode;
import lazaret.storage.convert.StoreConversion;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.gate.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `store restore`, which creates the store of a configuration from a backup.
@Command(
    name = "restore",
    header = "Create the store of a configuration file from a backup",
    description = {
      "",
      "The store is empty, and no server runs on it. A backup has the same form on all engines. It"
          + " contains no tokens: the server writes a new admin token at its first start. At the"
          + " end, the store is compared with the backup: the end of the ledger, the numbers of"
          + " rows, the state roots of snapshots.",
      "",
      "If the command ends before it is done, no server opens a store on PostgreSQL; remove its"
          + " schema and try again. A folder is removed."
    },
    footer = {"Examples:", "  vetting-cli store restore /backup/lazaret.archive --to cluster.toml"},
    exitCodeList = {
      "0:store complete, and equal to the backup",
      "2:a wrong configuration file, or the folder is not empty",
      "3:the store has data, a server runs on it, or it does not answer",
      "4:incomplete or damaged backup, or the store is not equal to it"
    })
final class StoreRestoreVerb extends Verb {
  @Parameters(
      paramLabel = "BACKUP",
      description = "Folder that 'backup' wrote, or the manifest of a state of an archive.")
  Path backup = Path.of("");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "Configuration file of a server with the new store.")
  Path to = Path.of("");

  StoreRestoreVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  /// The JSON of a restored store.
  ///
  /// @param config the configuration file
  private record Restored(String config) {}

  @Override
  public ExitCode run() {
    NamedStore target = NamedStore.of(session(), to);
    Path folder = session().around().path(backup);
    NamedStore _ = run("restoring", () -> restored(folder, target));
    if (session().json()) {
      terminal().json(new Restored(to.toString()));
    } else {
      terminal().line("restored to " + target.name());
      terminal().line("next: start servers with '%s'".formatted(to));
    }
    return ExitCode.DONE;
  }

  private NamedStore restored(Path folder, NamedStore target) {
    if (!target.isShared()) {
      RocksStore.restore(folder, target.config().dataDir(), StoreConversion::requireRoots);
      return target;
    }
    try (Store store = target.open(session())) {
      Store.Counts _ = StoreConversion.restore(folder, store);
      return target;
    }
  }
}

package lazaret.cli.store;

import java.nio.file.Path;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.report.ExitCode;
import lazaret.storage.provider.DatabaseService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `store migrate`, which changes the schema of a database.
@Command(
    name = "migrate",
    header = "Change the schema of a store on PostgreSQL to what this program needs",
    description = {
      "",
      "Servers of this release and of the one before go on meanwhile. With --contract, what only"
          + " the release before needs is removed; it is refused while one of its servers lives,"
          + " and that release cannot be used again."
    },
    footer = {
      "Examples:",
      "  vetting-cli store migrate --config /etc/lazaret/mirror.toml",
      "  vetting-cli store migrate --config /etc/lazaret/mirror.toml --contract"
    },
    exitCodeList = {
      "0:the schema is what this program needs",
      "2:a wrong configuration file, or a store on RocksDB",
      "3:a server of an older release lives, or the database does not answer"
    })
final class StoreMigrateVerb extends Verb {
  private static final String TRIED = "cannot migrate the store";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file of a server. Default: that of 'mirror-server'.")
  @Nullable Path config;

  @Option(
      names = "--contract",
      description = "Also remove what only servers of the release before need.")
  boolean contract;

  StoreMigrateVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  /// The JSON of a schema.
  ///
  /// @param schema the number of the last change of the schema
  /// @param oldestProgram the generation of the oldest program that may work on it
  /// @param program the generation of this program
  private record Migrated(int schema, int oldestProgram, int program) {}

  @Override
  public ExitCode run() {
    NamedStore store = NamedStore.ofServer(session(), config);
    DatabaseService.Versions versions =
        NamedStore.service(TRIED).migrate(store.database(TRIED), contract);
    if (session().json()) {
      terminal()
          .json(new Migrated(versions.schema(), versions.oldestProgram(), versions.program()));
    } else {
      terminal()
          .line(
              "the schema has version %d; programs of generation %d and later work on it, this is %d"
                  .formatted(versions.schema(), versions.oldestProgram(), versions.program()));
    }
    return ExitCode.DONE;
  }
}

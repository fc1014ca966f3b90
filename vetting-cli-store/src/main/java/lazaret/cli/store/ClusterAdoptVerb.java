package lazaret.cli.store;

import java.nio.file.Path;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.storage.provider.DatabaseService;
import lazaret.storage.provider.StoreSettings;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `cluster adopt`, which accepts that the database was copied to another database
/// cluster.
@Command(
    name = "adopt",
    header = "Accept that the database was copied to another database cluster",
    description = {
      "",
      "A server refuses a database with another system identifier than that in which its store was"
          + " created: two copies that both take decisions cannot be joined again. Stop all"
          + " servers on the other copy first. Decisions that the copy lacks withhold all versions"
          + " until a person accepts their loss."
    },
    footer = {
      "Examples:",
      "  vetting-cli cluster adopt --config /etc/lazaret/mirror.toml",
      "  vetting-cli cluster adopt --config /etc/lazaret/mirror.toml --yes"
    },
    exitCodeList = {
      "0:adopted, or nothing to adopt",
      "1:not confirmed",
      "2:a wrong configuration file, a store on RocksDB, or no terminal and no --yes",
      "3:the database does not answer, or has no store"
    })
final class ClusterAdoptVerb extends Verb {
  private static final String TRIED = "cannot adopt the store";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file of a server. Default: that of 'mirror-server'.")
  @Nullable Path config;

  @Option(names = "--yes", description = "Do not ask for confirmation.")
  boolean yes;

  ClusterAdoptVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  /// The JSON of an adoption.
  ///
  /// @param before the system identifier that the store had
  /// @param now that of the database cluster
  private record Adopted(String before, String now) {}

  @Override
  public ExitCode run() {
    StoreSettings.Database database = NamedStore.ofServer(session(), config).database(TRIED);
    DatabaseService service = NamedStore.service(TRIED);
    DatabaseService.Identity identity = service.identity(database);
    if (identity.recorded() != identity.found()) {
      if (!yes && !agreed(identity)) {
        terminal().line("nothing was adopted");
        return ExitCode.REFUSED;
      }
      service.adopt(database);
    }
    if (session().json()) {
      terminal()
          .json(new Adopted(Long.toString(identity.recorded()), Long.toString(identity.found())));
    } else if (identity.recorded() == identity.found()) {
      terminal().line("nothing to adopt: the system identifier is " + identity.found());
    } else {
      terminal()
          .line(
              "adopted: the system identifier was %d and is %d"
                  .formatted(identity.recorded(), identity.found()));
    }
    return ExitCode.DONE;
  }

  private boolean agreed(DatabaseService.Identity identity) {
    if (!terminal().looks().asks()) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          TRIED + ": expected a terminal to confirm, found none; add --yes");
    }
    terminal()
        .line(
            "The store was created in the database cluster %d, this one is %d."
                .formatted(identity.recorded(), identity.found()));
    return terminal().confirms("are all servers on the other copy stopped for good?");
  }
}

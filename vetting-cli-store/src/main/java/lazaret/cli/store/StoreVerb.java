package lazaret.cli.store;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import picocli.CommandLine.Command;

/// The command `store`, which groups the commands that replace or change a whole store.
@Command(
    name = "store",
    header = "Convert a store to another engine, or change its schema",
    description = {
      "",
      "A store is on RocksDB in a folder of one server, or on PostgreSQL and an object store, which"
          + " several servers share. These commands read the configuration files of servers."
    },
    synopsisSubcommandLabel = "convert|migrate|restore",
    footer = {
      "Examples:",
      "  vetting-cli store convert --from one.toml --to cluster.toml",
      "  vetting-cli store migrate --config cluster.toml --contract",
      "  vetting-cli store restore /backup/lazaret.archive --to cluster.toml"
    },
    exitCodeList = {"0:success", "2:see the help of the verb", "3:see the help of the verb"})
public final class StoreVerb extends VerbGroup {
  public StoreVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("convert", new StoreConvertVerb(session()));
    parts.put("migrate", new StoreMigrateVerb(session()));
    parts.put("restore", new StoreRestoreVerb(session()));
    return parts;
  }
}

package lazaret.cli.store;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import picocli.CommandLine.Command;

/// The command `cluster`, which groups the commands for servers that share a store.
@Command(
    name = "cluster",
    header = "Show the servers that share a store",
    synopsisSubcommandLabel = "status|adopt",
    footer = {
      "Examples:",
      "  vetting-cli cluster status",
      "  vetting-cli cluster adopt --config cluster.toml --yes"
    },
    exitCodeList = {"0:success", "2:see the help of the verb", "3:see the help of the verb"})
public final class ClusterVerb extends VerbGroup {
  public ClusterVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("status", new ClusterStatusVerb(session()));
    parts.put("adopt", new ClusterAdoptVerb(session()));
    return parts;
  }
}

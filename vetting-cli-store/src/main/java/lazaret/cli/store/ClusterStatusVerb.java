package lazaret.cli.store;

import java.util.Locale;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.store.ClusterNodeInfo;
import lazaret.vetting.deskapi.store.ClusterReply;
import picocli.CommandLine.Command;

/// The command `cluster status`, which lists the servers that share the store.
@Command(
    name = "status",
    header = "List the servers that share the store",
    description = {
      "",
      "Times are those of the database. A server that ended without notice is listed until its row"
          + " is removed, and does not count as live."
    },
    footer = {"Examples:", "  vetting-cli cluster status", "  vetting-cli cluster status --json"},
    exitCodeList = {"0:success", "3:gate unavailable"})
final class ClusterStatusVerb extends EmptyRequestVerb<ClusterReply> {
  ClusterStatusVerb(CliSession session) {
    super(session, () -> StoreOperations.CLUSTER, "cannot list the servers");
  }

  @Override
  protected void print(ClusterReply reply) {
    Long age = reply.ageMs();
    Long staleness = reply.maxStalenessMs();
    if (age == null || staleness == null) {
      terminal().line("one server has the store");
      return;
    }
    TextTable table = new TextTable("SERVER", "STATE", "PROGRAM", "SINCE", "CHANGE", "POLICY");
    for (ClusterNodeInfo node : reply.nodes()) {
      table.row(
          Cell.of(TextStyle.STRONG, node.name()),
          node.live() ? Cell.of(TextStyle.GOOD, "live") : Cell.of(TextStyle.BAD, "gone"),
          Cell.of(node.product()),
          Cell.of(Timestamps.minute(node.started())),
          Cell.of(node.applied()),
          Cell.of(node.policy().isEmpty() ? "-" : node.policy()));
    }
    terminal().table(table);
    terminal()
        .line(
            "the server that answered read the decisions %s ago; it serves until %s"
                .formatted(text(age), text(staleness)));
  }

  private static String text(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }
}

package lazaret.cli.gitsource;

import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.vetting.deskapi.GitSourceOperations;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.deskapi.site.GitSourcePackageInfo;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import lazaret.vetting.deskapi.site.GitSourcesReply;
import lazaret.vetting.text.KebabCase;
import picocli.CommandLine.Command;

/// The command `git-sources list`, which lists the stored Git sources.
@Command(
    name = "list",
    header = "List the stored Git sources, with the signals of their packages",
    description = {
      "",
      "Prints, for each source that waits, the command that approves it as it is now. Read the"
          + " source first with 'git-sources show'."
    },
    footer = {
      "Examples:",
      "  vetting-cli git-sources list",
      "  vetting-cli git-sources list --json | jq -r '.sources[] | select(.state == \"waiting\")'"
    },
    exitCodeList = {"0:success, even if there is none", "3:gate unavailable"})
final class GitSourceListVerb extends EmptyRequestVerb<GitSourcesReply> {
  GitSourceListVerb(CliSession session) {
    super(session, () -> GitSourceOperations.GIT_SOURCES, "cannot list the Git sources");
  }

  @Override
  protected void print(GitSourcesReply reply) {
    print(terminal(), reply.sources());
  }

  static void print(Terminal terminal, List<GitSourceInfo> sources) {
    TextTable table = new TextTable("COMMIT", "TREE", "STATE", "PACKAGES", "SIGNALS", "SOURCE");
    for (GitSourceInfo source : sources) {
      int signals = source.packages().stream().mapToInt(each -> each.signals().size()).sum();
      table.row(
          Cell.of(TextStyle.STRONG, source.commit().substring(0, 12)),
          Cell.of(source.treeHash().hex().substring(0, 12)),
          Cell.of(style(source), KebabCase.of(source.state())),
          Cell.of(source.packages().size()),
          Cell.of(signals),
          Cell.of(source.url()));
    }
    terminal.table(table);
    for (GitSourceInfo source : sources) {
      for (GitSourcePackageInfo each : source.packages()) {
        for (String signal : each.signals()) {
          terminal.line(
              Cell.of(TextStyle.WARN, "%s %s: %s".formatted(each.name(), each.version(), signal)));
        }
      }
    }
    sources.stream()
        .filter(each -> each.state() == GitSourceStatus.WAITING)
        .forEach(each -> terminal.line(GitSourceDecisionVerb.command("approve", each)));
  }

  private static TextStyle style(GitSourceInfo source) {
    return switch (source.state()) {
      case WAITING -> TextStyle.WARN;
      case APPROVED -> TextStyle.GOOD;
      case DENIED -> TextStyle.BAD;
    };
  }
}

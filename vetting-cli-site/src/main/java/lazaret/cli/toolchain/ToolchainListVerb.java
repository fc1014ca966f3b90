package lazaret.cli.toolchain;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.ToolchainOperations;
import lazaret.vetting.deskapi.site.ToolchainInfo;
import lazaret.vetting.deskapi.site.ToolchainProposalInfo;
import lazaret.vetting.deskapi.site.ToolchainsReply;
import lazaret.vetting.text.SizeText;
import picocli.CommandLine.Command;

/// The command `toolchain list`, which lists the stored toolchains.
@Command(
    name = "list",
    header = "List the stored toolchains, and newer ones that wait for a person",
    footer = {
      "Examples:",
      "  vetting-cli toolchain list",
      "  vetting-cli toolchain list --json | jq -r '.toolchains[].channel'"
    },
    exitCodeList = {"0:success, even if there is none", "3:gate unavailable"})
final class ToolchainListVerb extends EmptyRequestVerb<ToolchainsReply> {
  ToolchainListVerb(CliSession session) {
    super(session, () -> ToolchainOperations.TOOLCHAINS, "cannot list the toolchains");
  }

  @Override
  protected void print(ToolchainsReply reply) {
    TextTable table =
        new TextTable("CHANNEL", "DATE", "TARGETS", "PROFILE", "COMPONENTS", "SIZE", "ADDED");
    for (ToolchainInfo toolchain : reply.toolchains()) {
      table.row(
          Cell.of(TextStyle.STRONG, toolchain.channel()),
          Cell.of(toolchain.date()),
          Cell.of(String.join(", ", toolchain.targets())),
          Cell.of(toolchain.profile()),
          Cell.of(String.join(", ", toolchain.components())),
          Cell.of(SizeText.text(toolchain.bytes())),
          Cell.of(Timestamps.minute(toolchain.admitted())));
    }
    terminal().table(table);
    for (ToolchainProposalInfo proposal : reply.proposals()) {
      terminal().line(Cell.of(TextStyle.WARN, text(proposal)));
    }
  }

  /// Returns a proposal with the command that admits it.
  static String text(ToolchainProposalInfo proposal) {
    return (proposal.newer()
            ? "a newer %s was found on %s; '%s' brings it"
            : "another selection of %s is configured than stored, found on %s; '%s' brings it")
        .formatted(proposal.channel(), Timestamps.minute(proposal.found()), proposal.command());
  }
}

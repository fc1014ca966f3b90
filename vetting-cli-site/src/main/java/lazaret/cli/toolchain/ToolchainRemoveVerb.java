package lazaret.cli.toolchain;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.ToolchainOperations;
import lazaret.vetting.deskapi.site.ToolchainRemoveReply;
import lazaret.vetting.deskapi.site.ToolchainRemoveRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `toolchain remove`, which removes a stored toolchain.
@Command(
    name = "remove",
    header = "Remove a stored toolchain",
    description = {"", "Files that another toolchain has are kept."},
    footer = {
      "Examples:",
      "  vetting-cli toolchain remove 1.94.0 --reason 'no project builds with it'"
    },
    exitCodeList = {"0:removed", "2:no reason", "3:gate unavailable", "5:not stored"})
final class ToolchainRemoveVerb extends DeskVerb<ToolchainRemoveRequest, ToolchainRemoveReply> {
  @Parameters(paramLabel = "CHANNEL", description = "The channel, as 'toolchain list' names it.")
  String channel = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "The reason, for the ledger.")
  String reason = "";

  ToolchainRemoveVerb(CliSession session) {
    super(session);
  }

  @Override
  protected Operation<ToolchainRemoveRequest, ToolchainRemoveReply> operation() {
    return ToolchainOperations.REMOVE_TOOLCHAIN;
  }

  @Override
  protected ToolchainRemoveRequest request() {
    return new ToolchainRemoveRequest(channel, reason);
  }

  @Override
  protected String attempt() {
    return "cannot remove the toolchain";
  }

  @Override
  protected void print(ToolchainRemoveReply reply) {
    terminal().line("%s is removed with %d files".formatted(channel, reply.files()));
  }
}

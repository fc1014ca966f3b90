package lazaret.cli.toolchain;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.cli.report.TextStyle;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.ToolchainOperations;
import lazaret.vetting.deskapi.site.ToolchainCheckReply;
import picocli.CommandLine.Command;

/// The command `toolchain check`, which hashes the files of all toolchains again.
@Command(
    name = "check",
    header = "Hash the files of all stored toolchains again",
    footer = {"Examples:", "  vetting-cli toolchain check"},
    exitCodeList = {
      "0:all files are whole",
      "3:gate unavailable",
      "4:a file is missing or differs"
    })
final class ToolchainCheckVerb extends EmptyRequestVerb<ToolchainCheckReply> {
  ToolchainCheckVerb(CliSession session) {
    super(session, () -> ToolchainOperations.CHECK_TOOLCHAINS, "cannot check the toolchains");
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  protected Reply<ToolchainCheckReply> reply() {
    return awaited("hashing the files of toolchains", "toolchains", super::reply);
  }

  @Override
  protected ProcessCode exitCode(ToolchainCheckReply reply) {
    return reply.damaged().isEmpty() ? ExitCode.DONE : ExitCode.TAMPERED;
  }

  @Override
  protected void print(ToolchainCheckReply reply) {
    for (String path : reply.damaged()) {
      terminal().line(Cell.of(TextStyle.BAD, "missing or different: " + path));
    }
    terminal().line("%d files were checked".formatted(reply.files()));
  }
}

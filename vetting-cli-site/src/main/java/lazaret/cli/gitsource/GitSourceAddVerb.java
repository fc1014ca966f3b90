package lazaret.cli.gitsource;

import java.nio.file.Path;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.lockfile.CheckedLockfile;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.cli.report.TextStyle;
import lazaret.vetting.Bytes;
import lazaret.vetting.deskapi.GitSourceOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.site.GitSourceAdmitReply;
import lazaret.vetting.deskapi.site.GitSourceAdmitRequest;
import lazaret.vetting.deskapi.site.GitSourceRefusalInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `git-sources add`, which admits the Git dependencies of a lockfile.
@Command(
    name = "add",
    header = "Fetch and inspect the Git dependencies of a lockfile",
    description = {
      "",
      "The gate fetches each commit that the lockfile names, and inspects its packages. A reviewer"
          + " then approves the commit with the hash of its tree."
    },
    footer = {"Examples:", "  vetting-cli git-sources add Cargo.lock"},
    exitCodeList = {
      "0:all are stored",
      "1:a dependency was refused",
      "2:no lockfile, or one with more than 100 Git sources",
      "3:gate unavailable"
    })
final class GitSourceAddVerb extends DeskVerb<GitSourceAdmitRequest, GitSourceAdmitReply> {
  @Parameters(
      paramLabel = "LOCKFILE",
      arity = "0..1",
      description = "The lockfile; Cargo.lock without it.")
  Path lockfile = Path.of("Cargo.lock");

  GitSourceAddVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  protected Operation<GitSourceAdmitRequest, GitSourceAdmitReply> operation() {
    return GitSourceOperations.ADMIT_GIT_SOURCES;
  }

  @Override
  protected GitSourceAdmitRequest request() {
    return new GitSourceAdmitRequest(Bytes.utf8(CheckedLockfile.text(session(), lockfile)));
  }

  @Override
  protected Reply<GitSourceAdmitReply> reply() {
    return awaited("fetching the Git dependencies", "git-sources", super::reply);
  }

  @Override
  protected String attempt() {
    return "cannot add the Git dependencies";
  }

  @Override
  protected ProcessCode exitCode(GitSourceAdmitReply reply) {
    return reply.refused().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
  }

  @Override
  protected void print(GitSourceAdmitReply reply) {
    GitSourceListVerb.print(terminal(), reply.sources());
    for (GitSourceRefusalInfo refused : reply.refused()) {
      terminal().line(Cell.of(TextStyle.BAD, refused.reason()));
    }
    if (reply.sources().isEmpty() && reply.refused().isEmpty()) {
      terminal().line("the lockfile has no Git dependency");
    }
  }
}

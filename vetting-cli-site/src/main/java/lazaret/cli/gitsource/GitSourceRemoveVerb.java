package lazaret.cli.gitsource;

import lazaret.cli.command.CliSession;
import lazaret.vetting.deskapi.GitSourceOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.deskapi.site.GitSourceRemovalRequest;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import picocli.CommandLine.Command;

/// The command `git-sources remove`, which removes a commit without an approval.
@Command(
    name = "remove",
    header = "Remove a commit that waits, or the tree of a denied one",
    description = {
      "",
      "A commit that waits is forgotten: a later lockfile brings it again. Of a denied one the tree"
          + " is removed; it stays denied. The bytes are deleted within two days."
    },
    footer = {
      "Examples:",
      "  vetting-cli git-sources remove 4f2c1d0a9b37 93c0ffee1234 --reason 'no project has it'"
    },
    exitCodeList = {
      "0:removed",
      "1:the commit is approved",
      "2:no reason, no tree without a terminal, or not confirmed",
      "3:gate unavailable",
      "5:no such source",
      "6:another tree"
    })
final class GitSourceRemoveVerb extends NamedGitSourceVerb<GitSourceRemovalRequest> {
  GitSourceRemoveVerb(CliSession session) {
    super(session, "remove");
  }

  @Override
  protected Operation<GitSourceRemovalRequest, GitSourceInfo> operation() {
    return GitSourceOperations.REMOVE_GIT_SOURCE;
  }

  @Override
  protected GitSourceRemovalRequest request() {
    GitSourceInfo source = named();
    return new GitSourceRemovalRequest(source.key(), source.treeHash(), reason);
  }

  @Override
  protected String attempt() {
    return "cannot remove the Git source";
  }

  @Override
  protected void print(GitSourceInfo source) {
    terminal()
        .line(
            source.state() == GitSourceStatus.DENIED
                ? "the tree of %s of %s is removed; the commit stays denied"
                    .formatted(source.commit(), source.url())
                : "%s of %s is removed".formatted(source.commit(), source.url()));
  }
}

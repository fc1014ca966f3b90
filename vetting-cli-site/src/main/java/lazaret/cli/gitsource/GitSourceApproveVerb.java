package lazaret.cli.gitsource;

import lazaret.cli.command.CliSession;
import picocli.CommandLine.Command;

/// The command `git-sources approve`.
@Command(
    name = "approve",
    header = "Approve a commit with the hash of its tree",
    description = {
      "",
      "'git-sources show' prints this command with the tree and the fetch that it shows."
    },
    footer = {
      "Examples:",
      "  vetting-cli git-sources approve 4f2c1d0a9b37 93c0ffee1234 --reason 'read, as #812 asks'"
    },
    exitCodeList = {
      "0:approved",
      "2:no reason, no tree without a terminal, or not confirmed",
      "3:gate unavailable",
      "5:no such source",
      "6:another tree, or fetched or decided on since you saw it"
    })
final class GitSourceApproveVerb extends GitSourceDecisionVerb {
  GitSourceApproveVerb(CliSession session) {
    super(session, true);
  }
}

package lazaret.cli.gitsource;

import lazaret.cli.command.CliSession;
import picocli.CommandLine.Command;

/// The command `git-sources deny`.
@Command(
    name = "deny",
    header = "Deny a commit",
    footer = {
      "Examples:",
      "  vetting-cli git-sources deny 4f2c1d0a9b37 93c0ffee1234 --reason 'stolen account'"
    },
    exitCodeList = {
      "0:denied",
      "2:no reason, no tree without a terminal, or not confirmed",
      "3:gate unavailable",
      "5:no such source",
      "6:another tree, or fetched or decided on since you saw it"
    })
final class GitSourceDenyVerb extends GitSourceDecisionVerb {
  GitSourceDenyVerb(CliSession session) {
    super(session, false);
  }
}

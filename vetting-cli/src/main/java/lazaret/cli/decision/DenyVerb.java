package lazaret.cli.decision;

import lazaret.cli.command.CliSession;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import picocli.CommandLine.Command;

/// The command `deny`, which blocks versions in every mode.
@Command(
    name = "deny",
    header = "Block versions in every mode",
    description = {
      "",
      "A denied version is not served until it is approved. All named versions are denied, or none."
    },
    footer = {
      "Examples:",
      "  vetting-cli deny evil@0.3.1 --reason 'sends the environment home'",
      "  vetting-cli deny 'evil@*' --reason 'stolen account' --yes"
    },
    exitCodeList = {
      "0:recorded now or before",
      "2:no reason, no version, or not confirmed; nothing was recorded",
      "3:gate or upstream unavailable",
      "4:SHA-256 differs from the index; nothing was recorded",
      "5:unknown version; nothing was recorded"
    })
public final class DenyVerb extends DecisionVerb {
  public DenyVerb(CliSession session) {
    super(session);
  }

  @Override
  DecisionInfo.Kind kind() {
    return DecisionInfo.Kind.DENY;
  }

  @Override
  String past() {
    return "denied";
  }
}

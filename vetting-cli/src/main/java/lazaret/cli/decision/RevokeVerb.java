package lazaret.cli.decision;

import lazaret.cli.command.CliSession;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import picocli.CommandLine.Command;

/// The command `revoke`, which withdraws versions that were served.
@Command(
    name = "revoke",
    header = "Withdraw versions that were served",
    description = {
      "",
      "A revoked version is not served until it is approved again. Clients that have a copy keep"
          + " it, see docs/desk.md. All named versions are revoked, or none."
    },
    footer = {
      "Examples:",
      "  vetting-cli revoke serde@1.0.219 --reason 'advisory RUSTSEC-2026-0001'",
      "  vetting-cli revoke 'tokio@>=1.40, <1.42' --reason 'under investigation' --dry-run"
    },
    exitCodeList = {
      "0:recorded now or before",
      "2:no reason, no version, or not confirmed; nothing was recorded",
      "3:gate or upstream unavailable",
      "4:SHA-256 differs from the index; nothing was recorded",
      "5:unknown version; nothing was recorded"
    })
public final class RevokeVerb extends DecisionVerb {
  public RevokeVerb(CliSession session) {
    super(session);
  }

  @Override
  DecisionInfo.Kind kind() {
    return DecisionInfo.Kind.REVOKE;
  }

  @Override
  String past() {
    return "revoked";
  }
}

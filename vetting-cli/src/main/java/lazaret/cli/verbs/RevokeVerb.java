package lazaret.cli.verbs;

import picocli.CommandLine.Command;

@Command(
    name = "revoke",
    header = "Takes back what was served: not served any longer until approved anew.",
    description = {
      "",
      "For versions that people may have already; clients that hold a copy keep it, see docs/desk.md."
          + " All versions named are revoked, or none."
    },
    footer = {
      "Examples:",
      "  vetting-cli revoke serde@1.0.219 --reason 'advisory RUSTSEC-2026-0001'",
      "  vetting-cli revoke 'tokio@>=1.40, <1.42' --reason 'under investigation' --dry-run"
    },
    exitCodeList = {
      "0:recorded, or stood so before",
      "2:no reason, no version, or the question was answered with no",
      "3:no gate answers, or upstream cannot be asked",
      "4:the SHA-256 is not the index's; nothing was recorded",
      "5:no such version; nothing was recorded"
    })
final class RevokeVerb extends DecisionVerb {
  RevokeVerb(Session session) {
    super(session);
  }

  @Override
  String kind() {
    return "revoke";
  }

  @Override
  String past() {
    return "revoked";
  }
}

package lazaret.cli.verbs;

import java.time.Instant;
import lazaret.vetting.Bytes;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.file.PolicyOutcome;
import lazaret.vetting.policy.file.PolicyReader;
import picocli.CommandLine.Command;

@Command(
    name = "from-audit",
    header = "Writes what cargo-audit's audit.toml says as a policy.",
    description = {
      "",
      "Asks no gate. Keys that make no sense for a registry are mistakes that say what to do instead;"
          + " docs/policy.md has the whole table. A policy can also stand on an audit.toml as it is:"
          + " [audit-toml] file = \"audit.toml\"."
    },
    footer = {
      "Examples:",
      "  vetting-cli policy from-audit audit.toml",
      "  vetting-cli policy from-audit audit.toml --expires 2027-06-30 > policy.toml"
    },
    exitCodeList = {"0:the policy is printed", "2:the file cannot be read, or has mistakes"})
final class PolicyFromAuditVerb extends PolicyFromVerb {
  PolicyFromAuditVerb(Session session) {
    super(session);
  }

  @Override
  PolicyOutcome read(Bytes document, Instant ignoreUntil) {
    return PolicyReader.readAudit(document, Policy.DEFAULT, ignoreUntil);
  }
}

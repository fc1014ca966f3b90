package lazaret.cli.verbs;

import java.time.Instant;
import lazaret.vetting.Bytes;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.file.PolicyOutcome;
import lazaret.vetting.policy.file.PolicyReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "from-deny",
    header = "Writes what cargo-deny's deny.toml says as a policy.",
    description = {
      "",
      "Asks no gate. Keys that make no sense for a registry are mistakes that say what to do instead, or"
          + " with --lenient left out and listed; docs/policy.md has the whole table. A policy can also stand on a deny.toml as it is:"
          + " [deny-toml] file = \"deny.toml\"."
    },
    footer = {
      "Examples:",
      "  vetting-cli policy from-deny deny.toml",
      "  vetting-cli policy from-deny deny.toml --lenient > policy.toml     (also what 'cargo deny init' wrote)",
      "  vetting-cli policy from-deny deny.toml --expires 2027-06-30 > policy.toml"
    },
    exitCodeList = {"0:the policy is printed", "2:the file cannot be read, or has mistakes"})
final class PolicyFromDenyVerb extends PolicyFromVerb {
  PolicyFromDenyVerb(Session session) {
    super(session);
  }

  @Option(
      names = "--lenient",
      description =
          "Leave out keys that have no meaning for a registry, and list them on standard error.")
  boolean lenient;

  @Override
  PolicyOutcome read(Bytes document, Instant ignoreUntil) {
    if (!lenient) {
      return PolicyReader.readDeny(document, Policy.DEFAULT, ignoreUntil);
    }
    PolicyReader.Lenient read =
        PolicyReader.readDenyLeniently(document, Policy.DEFAULT, ignoreUntil);
    leftOut(read.leftOut());
    return read.outcome();
  }
}

package lazaret.cli.policy;

import java.time.Instant;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.PolicyOperations;
import lazaret.vetting.deskapi.policy.PolicyOverrideInfo;
import lazaret.vetting.deskapi.policy.PolicyReply;
import lazaret.vetting.text.KebabCase;
import lazaret.vetting.text.Printable;
import picocli.CommandLine.Command;

@Command(
    name = "show",
    header = "Print the policy in force as a policy file",
    description = {
      "",
      "All settings are printed, whether they come from a file, from mirror.toml or are defaults."
          + " Settings that are not part of a policy file are in comments."
    },
    footer = {
      "Examples:",
      "  vetting-cli policy show",
      "  vetting-cli policy show > policy.toml",
      "  vetting-cli policy show --json | jq -r '.overrides[] | select(.expired) | .what'"
    },
    exitCodeList = {"0:printed", "3:gate unavailable"})
final class PolicyShowVerb extends EmptyRequestVerb<PolicyReply> {
  PolicyShowVerb(CliSession session) {
    super(session, () -> PolicyOperations.POLICY, "cannot show the policy");
  }

  @Override
  protected void print(PolicyReply found) {
    terminal().line("# mode " + KebabCase.of(found.mode()) + ", generation " + found.generation());
    terminal().line("# from " + origin(found, session().now()));
    if (found.refused() != null) {
      terminal().line("# the current file is not in force: " + found.refused());
    }
    for (PolicyOverrideInfo override : found.overrides()) {
      terminal()
          .line(
              "# override of %s for %s: %s %s"
                  .formatted(
                      override.what(),
                      override.crate() == null ? "every crate" : override.crate(),
                      override.expired() ? "expired" : "ends",
                      Timestamps.distant(override.expires(), session().now())));
    }
    terminal().line("");
    found.policy().lines().forEach(line -> terminal().line(Printable.line(line)));
  }

  private static String origin(PolicyReply found, Instant now) {
    if (found.file() == null) {
      return "the gate's configuration, which names no policy file";
    }
    return "%s, sha256 %s, in force since %s"
        .formatted(
            found.file(),
            found.sha256() == null ? "not known" : found.sha256().hex(),
            found.since() == null ? "an unknown time" : Timestamps.distant(found.since(), now));
  }
}

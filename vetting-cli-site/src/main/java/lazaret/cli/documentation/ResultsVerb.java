package lazaret.cli.documentation;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import picocli.CommandLine.Command;

/// The command `results`, which groups the commands for signed inspection results.
@Command(
    name = "results",
    header = "Show and revoke inspection results of other gates",
    description = {
      "",
      "A gate uses the results of gates whose keys it trusts, instead of inspecting the same"
          + " archives again."
    },
    synopsisSubcommandLabel = "status|revoke",
    footer = {
      "Examples:",
      "  vetting-cli results status",
      "  vetting-cli results revoke --key ID --reason 'the key was stolen'"
    },
    exitCodeList = {"0:success", "2:see the help of the verb", "3:see the help of the verb"})
final class ResultsVerb extends VerbGroup {
  ResultsVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("status", new ResultsStatusVerb(session()));
    parts.put("revoke", new ResultsRevokeVerb(session()));
    return parts;
  }
}

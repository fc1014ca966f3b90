package lazaret.cli.retention;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import picocli.CommandLine.Command;

/// The command `retention`, which groups the commands for rules that remove stored artifacts.
@Command(
    name = "retention",
    header = "Remove stored artifacts by rules, after a trial",
    description = {
      "",
      "The rules are in the file that 'retention.artifacts' names. A new or changed file is not"
          + " followed before a person tried its rules and resumed them."
    },
    synopsisSubcommandLabel = "status|try|resume",
    footer = {
      "Examples:",
      "  vetting-cli retention status",
      "  vetting-cli retention try",
      "  vetting-cli retention resume SHA256 --reason 'unused since May'"
    },
    exitCodeList = {
      "0:success",
      "2:see the help of the verb",
      "3:see the help of the verb",
      "6:see the help of the verb"
    })
public final class RetentionVerb extends VerbGroup {
  public RetentionVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("status", new RetentionStatusVerb(session()));
    parts.put("try", new RetentionTryVerb(session()));
    parts.put("resume", new RetentionResumeVerb(session()));
    return parts;
  }
}

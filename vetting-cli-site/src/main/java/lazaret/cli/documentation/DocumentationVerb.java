package lazaret.cli.documentation;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import picocli.CommandLine.Command;

/// The command `documentation`, which groups the commands for the documentation of versions.
@Command(
    name = "documentation",
    header = "Read, build and remove the documentation of versions",
    description = {
      "",
      "The gate builds documentation in the sandbox, of versions that it serves. The key"
          + " 'documentation.build' of its configuration chooses what it builds without an order."
    },
    synopsisSubcommandLabel = "list|open|build|remove",
    footer = {
      "Examples:",
      "  vetting-cli documentation list serde",
      "  vetting-cli documentation open serde@1.0.210",
      "  vetting-cli documentation build acme-core@1.4.0"
    },
    exitCodeList = {"0:success", "2:see the help of the verb", "3:see the help of the verb"})
final class DocumentationVerb extends VerbGroup {
  DocumentationVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("list", new DocumentationListVerb(session()));
    parts.put("open", new DocumentationOpenVerb(session()));
    parts.put("build", new DocumentationBuildVerb(session()));
    parts.put("remove", new DocumentationRemoveVerb(session()));
    return parts;
  }
}

package lazaret.cli.hosting;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import picocli.CommandLine.Command;

/// The command `private`, which groups the commands for private crates.
@Command(
    name = "private",
    header = "Show and import private crates, repair owners, delete versions",
    description = {
      "",
      "Private crates are published, yanked and searched with cargo. These commands are for what"
          + " cargo cannot do."
    },
    synopsisSubcommandLabel = "list|show|owner|delete|import|alarms",
    footer = {
      "Examples:",
      "  vetting-cli private list",
      "  vetting-cli private show acme-core",
      "  vetting-cli private owner acme-core --add ada",
      "  vetting-cli private delete acme-core@1.0.0 --reason 'contains a key'"
    },
    exitCodeList = {"0:success", "2:see the help of the verb", "3:gate unavailable"})
final class PrivateVerb extends VerbGroup {
  PrivateVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("list", new PrivateListVerb(session()));
    parts.put("show", new PrivateShowVerb(session()));
    parts.put("owner", new PrivateOwnerVerb(session()));
    parts.put("delete", new PrivateDeleteVerb(session()));
    parts.put("import", new PrivateImportVerb(session()));
    parts.put("alarms", new PrivateAlarmsVerb(session()));
    return parts;
  }
}

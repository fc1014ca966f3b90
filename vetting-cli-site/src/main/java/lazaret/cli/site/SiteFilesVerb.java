package lazaret.cli.site;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import picocli.CommandLine.Command;

/// The command `site-files`, which groups the commands for files of a site.
@Command(
    name = "site-files",
    header = "List, check, remove and copy files of the site",
    description = {
      "",
      "Toolchains, sources of Git dependencies, documentation, inspection results and releases are"
          + " files in addition to the artifacts. 'backup' does not copy them: 'site-files backup' does."
    },
    synopsisSubcommandLabel = "list|check|remove|backup|restore",
    footer = {
      "Examples:",
      "  vetting-cli site-files list toolchains",
      "  vetting-cli site-files check",
      "  vetting-cli site-files backup /backup/site-files"
    },
    exitCodeList = {
      "0:success",
      "2:see the help of the verb",
      "3:gate unavailable, or folder not writable",
      "4:a file is missing or damaged"
    })
public final class SiteFilesVerb extends VerbGroup {
  public SiteFilesVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("list", new SiteFilesListVerb(session()));
    parts.put("check", new SiteFilesCheckVerb(session()));
    parts.put("remove", new SiteFilesRemoveVerb(session()));
    parts.put("backup", new SiteFilesBackupVerb(session()));
    parts.put("restore", new SiteFilesRestoreVerb(session()));
    return parts;
  }
}

package lazaret.cli.site;

import lazaret.cli.command.CliSession;
import picocli.CommandLine.Command;

/// The command `site-files restore`, which copies missing files of the site back.
@Command(
    name = "restore",
    header = "Copy missing files of the site back from a folder",
    description = {
      "",
      "Only files that rows of the store name are copied, each compared with its SHA-256. Restore"
          + " the store first ('restore')."
    },
    footer = {"Examples:", "  vetting-cli site-files restore /backup/site-files"},
    exitCodeList = {
      "0:no file is missing",
      "3:gate unavailable, or folder not readable",
      "4:a file is missing in the folder too, or damaged"
    })
final class SiteFilesRestoreVerb extends SiteFileCopyVerb {
  SiteFilesRestoreVerb(CliSession session) {
    super(session, true);
  }
}

package lazaret.cli.site;

import lazaret.cli.command.CliSession;
import picocli.CommandLine.Command;

/// The command `site-files backup`, which copies the files of the site into a folder.
@Command(
    name = "backup",
    header = "Copy the files of the site into a folder while the gate runs",
    description = {
      "",
      "Files that are in the folder already are not copied again. 'backup' copies their rows: run"
          + " it first, then this command, so that each row of the backup has its file."
    },
    footer = {"Examples:", "  vetting-cli site-files backup /backup/site-files"},
    exitCodeList = {
      "0:all files are in the folder",
      "3:gate unavailable, or folder not writable",
      "4:a file is missing or damaged"
    })
final class SiteFilesBackupVerb extends SiteFileCopyVerb {
  SiteFilesBackupVerb(CliSession session) {
    super(session, false);
  }
}

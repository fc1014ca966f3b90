package lazaret.cli.site;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.cli.report.TextStyle;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.SiteFileOperations;
import lazaret.vetting.deskapi.site.SiteFileCheckReply;
import lazaret.vetting.text.SizeText;
import picocli.CommandLine.Command;

/// The command `site-files check`, which hashes all files of the site.
@Command(
    name = "check",
    header = "Hash all files of the site, as 'fsck' does with artifacts",
    footer = {"Examples:", "  vetting-cli site-files check"},
    exitCodeList = {
      "0:all files have their bytes",
      "3:gate unavailable",
      "4:a file is missing or damaged"
    })
final class SiteFilesCheckVerb extends EmptyRequestVerb<SiteFileCheckReply> {
  SiteFilesCheckVerb(CliSession session) {
    super(session, () -> SiteFileOperations.CHECK_SITE_FILES, "cannot check the files of the site");
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  protected Reply<SiteFileCheckReply> reply() {
    return awaited("hashing the files of the site", "site-files", super::reply);
  }

  @Override
  protected ProcessCode exitCode(SiteFileCheckReply reply) {
    return reply.faults().isEmpty() ? ExitCode.DONE : ExitCode.TAMPERED;
  }

  @Override
  protected void print(SiteFileCheckReply reply) {
    reply
        .faults()
        .forEach(fault -> terminal().line(Cell.of(TextStyle.BAD, "fault    "), Cell.of(fault)));
    terminal()
        .line(
            "%d files with %s checked, %d faults"
                .formatted(reply.files(), SizeText.text(reply.bytes()), reply.faults().size()));
    if (!reply.faults().isEmpty()) {
      terminal().line("next: vetting-cli site-files restore FOLDER, or admit them again");
    }
  }
}

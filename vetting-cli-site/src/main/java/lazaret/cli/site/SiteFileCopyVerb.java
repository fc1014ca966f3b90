package lazaret.cli.site;

import java.nio.file.Path;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.SiteFileOperations;
import lazaret.vetting.deskapi.bundles.ServerPath;
import lazaret.vetting.deskapi.site.SiteFileCopyReply;
import lazaret.vetting.deskapi.site.SiteFileCopyRequest;
import picocli.CommandLine.Parameters;

/// A command that copies the files of the site into a folder, or back.
abstract class SiteFileCopyVerb extends DeskVerb<SiteFileCopyRequest, SiteFileCopyReply> {
  private final boolean restore;

  @Parameters(
      paramLabel = "FOLDER",
      description = "Folder on the server; for a server on another machine an absolute path.")
  Path folder = Path.of("");

  SiteFileCopyVerb(CliSession session, boolean restore) {
    super(session);
    this.restore = restore;
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  protected Operation<SiteFileCopyRequest, SiteFileCopyReply> operation() {
    return SiteFileOperations.COPY_SITE_FILES;
  }

  @Override
  protected SiteFileCopyRequest request() {
    return new SiteFileCopyRequest(
        new ServerPath(session().around().path(folder).toAbsolutePath().toString()), restore);
  }

  @Override
  protected String attempt() {
    return "cannot copy the files of the site";
  }

  @Override
  protected Reply<SiteFileCopyReply> reply() {
    return awaited("copying the files of the site", "site-files", super::reply);
  }

  @Override
  protected ProcessCode exitCode(SiteFileCopyReply reply) {
    return reply.missing() == 0 ? ExitCode.DONE : ExitCode.TAMPERED;
  }

  @Override
  protected void print(SiteFileCopyReply reply) {
    terminal()
        .line(
            "%d files copied, %d were there, %d are missing"
                .formatted(reply.copied(), reply.present(), reply.missing()));
  }
}

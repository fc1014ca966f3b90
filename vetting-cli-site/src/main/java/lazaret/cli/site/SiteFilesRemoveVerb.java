package lazaret.cli.site;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.SiteFileOperations;
import lazaret.vetting.deskapi.site.SiteFileRemovalReply;
import lazaret.vetting.deskapi.site.SiteFileRemovalRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `site-files remove`, which removes a file of the site.
@Command(
    name = "remove",
    header = "Remove a file of the site, or show what would be removed",
    description = {
      "",
      "Without --reason nothing is removed. Disk space is free a day later. A file that is in use"
          + " needs --force."
    },
    footer = {
      "Examples:",
      "  vetting-cli site-files remove toolchains dist/2025-01-09/rustc.tar.xz",
      "  vetting-cli site-files remove toolchains dist/2025-01-09/rustc.tar.xz --reason 'old'"
    },
    exitCodeList = {"0:removed, or shown", "2:no such file, or it is in use", "3:gate unavailable"})
final class SiteFilesRemoveVerb extends DeskVerb<SiteFileRemovalRequest, SiteFileRemovalReply> {
  @Parameters(index = "0", paramLabel = "COLLECTION", description = "Collection of the file.")
  String collection = "";

  @Parameters(index = "1", paramLabel = "PATH", description = "Path in the collection.")
  String path = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Remove the file; the reason is in the ledger.")
  @Nullable String reason;

  @Option(names = "--force", description = "Remove the file although it is in use.")
  boolean force;

  SiteFilesRemoveVerb(CliSession session) {
    super(session);
  }

  @Override
  protected Operation<SiteFileRemovalRequest, SiteFileRemovalReply> operation() {
    return SiteFileOperations.REMOVE_SITE_FILE;
  }

  @Override
  protected SiteFileRemovalRequest request() {
    return new SiteFileRemovalRequest(collection, path, reason == null, force, reason);
  }

  @Override
  protected String attempt() {
    return "cannot remove '" + path + "'";
  }

  @Override
  protected void print(SiteFileRemovalReply reply) {
    String use = reply.file().use();
    terminal()
        .line(
            "%s %s, sha256 %s%s"
                .formatted(
                    reply.removed() ? "removed" : "would remove",
                    reply.file().path(),
                    reply.file().sha256(),
                    use == null ? "" : ", in use: " + use));
    if (!reply.removed()) {
      terminal().line("next: the same with --reason TEXT" + (use == null ? "" : " --force"));
    }
  }
}

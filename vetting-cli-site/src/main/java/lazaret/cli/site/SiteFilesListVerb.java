package lazaret.cli.site;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.SiteFileOperations;
import lazaret.vetting.deskapi.site.SiteFileInfo;
import lazaret.vetting.deskapi.site.SiteFilesReply;
import lazaret.vetting.deskapi.site.SiteFilesRequest;
import lazaret.vetting.text.SizeText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `site-files list`, which lists the files of a collection.
@Command(
    name = "list",
    header = "List the files of a collection of the site",
    description = {"", "The list has the first 1,000 files; --prefix selects others."},
    footer = {
      "Examples:",
      "  vetting-cli site-files list toolchains",
      "  vetting-cli site-files list git --json | jq -r '.files[].path'"
    },
    exitCodeList = {"0:success", "2:no such collection", "3:gate unavailable"})
final class SiteFilesListVerb extends DeskVerb<SiteFilesRequest, SiteFilesReply> {
  /// The number of files in a reply of the gate.
  private static final int MOST = 1_000;

  @Parameters(
      paramLabel = "COLLECTION",
      description = "toolchains, git, documentation, results or product.")
  String collection = "";

  @Option(names = "--prefix", paramLabel = "TEXT", description = "Beginning of the paths.")
  @Nullable String prefix;

  SiteFilesListVerb(CliSession session) {
    super(session);
  }

  @Override
  protected Operation<SiteFilesRequest, SiteFilesReply> operation() {
    return SiteFileOperations.SITE_FILES;
  }

  @Override
  protected SiteFilesRequest request() {
    return new SiteFilesRequest(collection, prefix, null);
  }

  @Override
  protected String attempt() {
    return "cannot list the files of the site";
  }

  @Override
  protected void print(SiteFilesReply reply) {
    TextTable table = new TextTable("PATH", "SIZE", "ADMITTED", "BY", "FOR", "USE");
    for (SiteFileInfo file : reply.files()) {
      table.row(
          Cell.of(TextStyle.STRONG, file.path()),
          Cell.of(SizeText.text(file.length())),
          Cell.of(Timestamps.minute(file.admitted())),
          Cell.of(file.by()),
          Cell.of(file.reference() == null ? "-" : file.reference()),
          Cell.of(file.use() == null ? "-" : file.use()));
    }
    terminal().table(table);
    if (reply.files().size() >= MOST) {
      terminal().line("the list ends after %,d files: --prefix selects others".formatted(MOST));
    }
    terminal().line("all files of the site have " + SizeText.text(reply.usedBytes()) + " together");
  }
}

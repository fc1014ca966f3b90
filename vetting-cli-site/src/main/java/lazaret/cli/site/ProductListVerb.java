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
import picocli.CommandLine.Command;

/// The command `product list`, which lists the files of the stored release of Lazaret.
@Command(
    name = "list",
    header = "List the files of the stored release of Lazaret",
    footer = {
      "Examples:",
      "  vetting-cli product list",
      "  vetting-cli product list --json | jq -r '.files[0].reference'"
    },
    exitCodeList = {"0:success, even if there is none", "3:gate unavailable"})
final class ProductListVerb extends DeskVerb<SiteFilesRequest, SiteFilesReply> {
  static final String COLLECTION = "product";

  ProductListVerb(CliSession session) {
    super(session);
  }

  @Override
  protected Operation<SiteFilesRequest, SiteFilesReply> operation() {
    return SiteFileOperations.SITE_FILES;
  }

  @Override
  protected SiteFilesRequest request() {
    return new SiteFilesRequest(COLLECTION, null, null);
  }

  @Override
  protected String attempt() {
    return "cannot list the release";
  }

  @Override
  protected void print(SiteFilesReply reply) {
    TextTable table = new TextTable("FILE", "SIZE", "CAME", "FROM");
    for (SiteFileInfo file : reply.files()) {
      table.row(
          Cell.of(TextStyle.STRONG, file.path()),
          Cell.of(SizeText.text(file.length())),
          Cell.of(Timestamps.minute(file.admitted())),
          Cell.of(file.origin()));
    }
    terminal().table(table);
    if (reply.files().isEmpty()) {
      terminal().line("no bundle brought a release; outside: bundle export --product FOLDER");
    }
  }
}

package lazaret.cli.documentation;

import java.util.Objects;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.DocumentationOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.site.DocumentationInfo;
import lazaret.vetting.deskapi.site.DocumentationListReply;
import lazaret.vetting.deskapi.site.DocumentationListRequest;
import lazaret.vetting.text.SizeText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `documentation list`, which lists versions with documentation.
@Command(
    name = "list",
    header = "List the versions with documentation",
    footer = {
      "Examples:",
      "  vetting-cli documentation list",
      "  vetting-cli documentation list serde --json | jq -r '.versions[].version'"
    },
    exitCodeList = {"0:success", "3:gate unavailable"})
final class DocumentationListVerb
    extends DeskVerb<DocumentationListRequest, DocumentationListReply> {
  @Parameters(
      arity = "0..1",
      paramLabel = "TEXT",
      description = "A part of the names of crates. Default: all.")
  @Nullable String query;

  @Option(
      names = "--after",
      paramLabel = "KEY",
      description = "Begin of the list, as the previous part named it.")
  @Nullable String after;

  DocumentationListVerb(CliSession session) {
    super(session);
  }

  @Override
  protected Operation<DocumentationListRequest, DocumentationListReply> operation() {
    return DocumentationOperations.LIST;
  }

  @Override
  protected DocumentationListRequest request() {
    return new DocumentationListRequest(query, after);
  }

  @Override
  protected String attempt() {
    return "cannot list the documentation";
  }

  @Override
  protected void print(DocumentationListReply reply) {
    TextTable table =
        new TextTable("CRATE", "VERSION", "BUILT", "TOOLCHAIN", "PAGES", "SIZE", "FAILURE");
    for (DocumentationInfo each : reply.versions()) {
      String failure = each.failure();
      table.row(
          Cell.of(TextStyle.STRONG, each.name()),
          Cell.of(each.version()),
          Cell.of(Timestamps.minute(each.at())),
          Cell.of(Objects.requireNonNullElse(each.toolchain(), "-")),
          Cell.of(each.pages()),
          Cell.of(SizeText.text(each.bytes())),
          failure == null
              ? Cell.of("-")
              : Cell.of(TextStyle.WARN, failure.lines().findFirst().orElse("")));
    }
    terminal().table(table);
    if (reply.next() != null) {
      terminal().line("more: --after " + Objects.requireNonNull(reply.next()));
    }
  }
}

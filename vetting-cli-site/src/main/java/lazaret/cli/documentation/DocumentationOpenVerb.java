package lazaret.cli.documentation;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.DocumentationOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.site.DocumentationAddressReply;
import lazaret.vetting.deskapi.site.DocumentationVersionRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `documentation open`, which prints the address of the pages of a version.
@Command(
    name = "open",
    header = "Print the address of the pages of a version",
    description = {
      "",
      "The address permits to read these pages for some hours, and nothing else. Whoever has it"
          + " can read them."
    },
    footer = {
      "Examples:",
      "  vetting-cli documentation open serde@1.0.210",
      "  xdg-open $(vetting-cli documentation open serde@1.0.210 --json | jq -r .address)"
    },
    exitCodeList = {"0:success", "2:malformed version", "3:gate unavailable", "5:no such pages"})
final class DocumentationOpenVerb
    extends DeskVerb<DocumentationVersionRequest, DocumentationAddressReply> {
  @Parameters(paramLabel = "CRATE@VERSION", description = "The version.")
  String version = "";

  DocumentationOpenVerb(CliSession session) {
    super(session);
  }

  @Override
  protected Operation<DocumentationVersionRequest, DocumentationAddressReply> operation() {
    return DocumentationOperations.ADDRESS;
  }

  @Override
  protected DocumentationVersionRequest request() {
    VersionArguments.Exact exact = VersionArguments.exact(version);
    return new DocumentationVersionRequest(exact.name(), exact.version());
  }

  @Override
  protected String attempt() {
    return "cannot open the documentation of " + version;
  }

  @Override
  protected void print(DocumentationAddressReply reply) {
    terminal().line(reply.address());
    terminal().note("valid until " + Timestamps.minute(reply.expires()));
  }
}

package lazaret.cli.documentation;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.desk.VersionArguments;
import lazaret.vetting.deskapi.DocumentationOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.site.DocumentationInfo;
import lazaret.vetting.deskapi.site.DocumentationVersionRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `documentation remove`.
@Command(
    name = "remove",
    header = "Remove the documentation of a version",
    description = {
      "",
      "The record of a build that failed is removed, too, so that it is built again."
    },
    footer = {"Examples:", "  vetting-cli documentation remove acme-core@1.4.0"},
    exitCodeList = {"0:removed", "2:malformed version", "3:gate unavailable", "5:no such pages"})
final class DocumentationRemoveVerb
    extends DeskVerb<DocumentationVersionRequest, DocumentationInfo> {
  @Parameters(paramLabel = "CRATE@VERSION", description = "The version.")
  String version = "";

  DocumentationRemoveVerb(CliSession session) {
    super(session);
  }

  @Override
  protected Operation<DocumentationVersionRequest, DocumentationInfo> operation() {
    return DocumentationOperations.REMOVE;
  }

  @Override
  protected DocumentationVersionRequest request() {
    VersionArguments.Exact exact = VersionArguments.exact(version);
    return new DocumentationVersionRequest(exact.name(), exact.version());
  }

  @Override
  protected String attempt() {
    return "cannot remove the documentation of " + version;
  }

  @Override
  protected void print(DocumentationInfo reply) {
    terminal().line("removed %d pages".formatted(reply.pages()));
  }
}

package lazaret.cli.documentation;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.vetting.deskapi.DocumentationOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.site.DocumentationInfo;
import lazaret.vetting.deskapi.site.DocumentationVersionRequest;
import lazaret.vetting.text.SizeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `documentation build`.
@Command(
    name = "build",
    header = "Build the documentation of a version in the sandbox of the gate",
    description = {
      "",
      "It replaces the pages of an earlier build. A failure of the build is recorded, and is not"
          + " repeated without an order."
    },
    footer = {"Examples:", "  vetting-cli documentation build acme-core@1.4.0"},
    exitCodeList = {
      "0:built",
      "1:the version is not served, or its build failed and the failure is recorded",
      "2:malformed version, or the gate has no sandbox service",
      "3:gate or sandbox unavailable, or another build runs",
      "5:the archive is not stored"
    })
final class DocumentationBuildVerb
    extends DeskVerb<DocumentationVersionRequest, DocumentationInfo> {
  @Parameters(paramLabel = "CRATE@VERSION", description = "The version.")
  String version = "";

  DocumentationBuildVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  protected Operation<DocumentationVersionRequest, DocumentationInfo> operation() {
    return DocumentationOperations.BUILD;
  }

  @Override
  protected DocumentationVersionRequest request() {
    VersionArguments.Exact exact = VersionArguments.exact(version);
    return new DocumentationVersionRequest(exact.name(), exact.version());
  }

  @Override
  protected Reply<DocumentationInfo> reply() {
    return awaited("building the documentation", "documentation", super::reply);
  }

  @Override
  protected String attempt() {
    return "cannot build the documentation of " + version;
  }

  @Override
  protected ProcessCode exitCode(DocumentationInfo reply) {
    return reply.failure() == null ? ExitCode.DONE : ExitCode.REFUSED;
  }

  @Override
  protected void print(DocumentationInfo reply) {
    String failure = reply.failure();
    if (failure == null) {
      terminal().line("%d pages, %s".formatted(reply.pages(), SizeText.text(reply.bytes())));
    } else {
      // A hostile version wrote it.
      failure.lines().forEach(line -> terminal().line(line));
    }
  }
}

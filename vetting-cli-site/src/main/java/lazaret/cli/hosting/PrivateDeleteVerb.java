package lazaret.cli.hosting;

import java.time.Instant;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.desk.VersionArguments;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.hosting.PrivateDeletionReply;
import lazaret.vetting.deskapi.hosting.PrivateDeletionRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `private delete`, which deletes a version.
@Command(
    name = "delete",
    header = "Delete a version of a private crate",
    description = {
      "",
      "The bytes are removed. The line of the index stays, yanked, and builds that want the version"
          + " get the reason. The number of the version can never be used again. Backups and"
          + " bundles that exist still have the bytes."
    },
    footer = {
      "Examples:",
      "  vetting-cli private delete acme-core@1.0.0 --reason 'contains a key'"
    },
    exitCodeList = {
      "0:deleted, or deleted before",
      "2:malformed version, or no reason",
      "3:gate unavailable",
      "5:no such version"
    })
final class PrivateDeleteVerb extends DeskVerb<PrivateDeletionRequest, PrivateDeletionReply> {
  @Parameters(paramLabel = "CRATE@VERSION", description = "The version.")
  String version = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "The reason, for the ledger and for builds that want the version.")
  String reason = "";

  PrivateDeleteVerb(CliSession session) {
    super(session);
  }

  @Override
  protected Operation<PrivateDeletionRequest, PrivateDeletionReply> operation() {
    return HostingOperations.DELETE;
  }

  @Override
  protected PrivateDeletionRequest request() {
    VersionArguments.Exact exact = VersionArguments.exact(version);
    return new PrivateDeletionRequest(exact.name(), exact.version(), reason);
  }

  @Override
  protected String attempt() {
    return "cannot delete the version";
  }

  @Override
  protected void print(PrivateDeletionReply reply) {
    terminal()
        .line(
            "%s %s is deleted (sha256 %s)"
                .formatted(reply.name().published(), reply.version().text(), reply.cksum().hex()));
    Instant everywhere = reply.inForceEverywhereAt();
    if (everywhere != null) {
      terminal().line("in force on every node at " + everywhere);
    }
  }
}

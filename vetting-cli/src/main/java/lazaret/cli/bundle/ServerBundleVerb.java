package lazaret.cli.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.BundleOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.bundles.ImportReply;
import lazaret.vetting.deskapi.bundles.ImportRequest;
import lazaret.vetting.deskapi.bundles.ServerPath;
import lazaret.vetting.deskapi.client.DeskClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A verb that makes the server import a bundle, or report what an import would change.
abstract class ServerBundleVerb extends Verb {
  @Parameters(
      paramLabel = "BUNDLE",
      description = "Folder or single file of the bundle, as a path on the server.")
  Path bundle = Path.of("");

  @Option(
      names = "--approve",
      paramLabel = "SHA256",
      description = "Accept only the bundle with this digest, which 'bundle diff' prints.")
  @Nullable String approval;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "Name of this network, in addition to the configured names.")
  List<String> networks = new ArrayList<>();

  @Option(
      names = "--defer",
      description =
          "If the previous bundle is not imported yet: check this one and keep it until then.")
  boolean early;

  @Option(
      names = "--accept-expired",
      paramLabel = "REASON",
      description =
          "Accept the bundle of --approve although it expired. Two persons must run this command"
              + " within seven days; the ledger names both.")
  @Nullable String despiteExpiry;

  @Option(
      names = "--without",
      paramLabel = "COLLECTION",
      description = "Leave these files of the site out. May be given several times.")
  List<String> without = new ArrayList<>();

  ServerBundleVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  /// Sends the order.
  ///
  /// @param dryRun whether the import stops at the plan
  final Reply<ImportReply> reply(boolean dryRun) {
    ImportRequest order =
        new ImportRequest(
            new ServerPath(session().around().path(bundle).toAbsolutePath().toString()),
            digest(),
            networks,
            dryRun,
            early,
            despiteExpiry,
            without);
    return awaited(
        dryRun ? "checking the bundle" : "importing the bundle",
        "import",
        () -> desk().reply(BundleOperations.IMPORT, order));
  }

  private @Nullable Sha256 digest() {
    if (approval == null) {
      return null;
    }
    if (!Sha256.isValid(approval)) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot import '%s': expected --approve with 64 hex digits, found '%s'; 'bundle diff' prints the digest"
              .formatted(bundle, Excerpt.of(approval)));
    }
    return Sha256.parse(approval);
  }

  /// Returns the result of the order.
  ///
  /// @throws DeskException if the desk refused
  final ImportReply value(Reply<ImportReply> reply) {
    return DeskClient.value(reply, "import of '" + bundle + "'");
  }
}

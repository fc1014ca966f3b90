package lazaret.cli.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.WaitLine;
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
      names = "--early",
      description =
          "If the previous bundle is not imported yet: check this one and keep it until then.")
  boolean early;

  @Option(
      names = "--despite-expiry",
      paramLabel = "REASON",
      description =
          "Accept the bundle of --approve although it expired. Two persons must run this command"
              + " within seven days; the ledger names both.")
  @Nullable String despiteExpiry;

  ServerBundleVerb(CliSession session) {
    super(session);
  }

  final JsonObject reply(boolean dry) {
    JsonObject order =
        JsonObject.builder()
            .put("bundle", session().around().path(bundle).toAbsolutePath().toString())
            .put("approval", approval)
            .texts("networks", networks)
            .put("dry_run", dry)
            .put("early", early)
            .put("despite_expiry", despiteExpiry)
            .build();
    DeskQuestion question =
        DeskQuestion.post("/bundles/import", order).patient(DeskQuestion.LONG_PATIENCE);
    try (WaitLine _ = waiting(dry ? "checking the bundle" : "importing the bundle", "import")) {
      return desk().ask("import of '" + bundle + "'", question);
    }
  }
}

package lazaret.cli.verbs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Waiting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A verb that makes the server import a bundle, or report what an import would change.
abstract class BundleTakingVerb extends Verb {
  @Parameters(
      paramLabel = "BUNDLE",
      description = "Its folder, or the one file of it; a path on the server.")
  Path bundle = Path.of("");

  @Option(
      names = "--approve",
      paramLabel = "SHA256",
      description = "Take this bundle and no other; the digest is what 'bundle diff' prints.")
  @Nullable String approval;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "A name that this network goes by, beside those of the configuration.")
  List<String> networks = new ArrayList<>();

  @Option(
      names = "--early",
      description = "Where the bundle before is still on its way: check and keep it until then.")
  boolean early;

  @Option(
      names = "--despite-expiry",
      paramLabel = "REASON",
      description =
          "Let the bundle of --approve in although it has expired. Two persons must give this command,"
              + " within seven days; both stand in the ledger.")
  @Nullable String despiteExpiry;

  BundleTakingVerb(Session session) {
    super(session);
  }

  final JsonObject answer(boolean dry) {
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
    try (Waiting _ = waiting(dry ? "checking the bundle" : "importing the bundle", "import")) {
      return desk().ask("import of '" + bundle + "'", question);
    }
  }
}

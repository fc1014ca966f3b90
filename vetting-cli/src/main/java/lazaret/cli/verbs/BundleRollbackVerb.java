package lazaret.cli.verbs;

import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    header = "Serves a snapshot again that was served before.",
    description = {
      "",
      "Content alone goes back: trust in keys stays where it is, and what was denied or revoked"
          + " since stays so."
    },
    footer = {
      "Examples:",
      "  vetting-cli bundle rollback 41 --reason 'tokio 1.48 breaks our build'"
    },
    exitCodeList = {"0:served again", "2:no such snapshot is kept", "3:no gate answers"})
final class BundleRollbackVerb extends Verb {
  @Parameters(paramLabel = "SNAPSHOT", description = "Its number, see 'bundle list'.")
  long snapshot;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, in your own words.")
  String reason = "";

  BundleRollbackVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    JsonObject order = JsonObject.builder().put("snapshot", snapshot).put("reason", reason).build();
    JsonObject done =
        desk()
            .ask(
                "rollback",
                DeskQuestion.post("/bundles/rollback", order).patient(DeskQuestion.LONG_PATIENCE));
    if (session().json()) {
      terminal().json(done);
    } else {
      terminal().line("snapshot %d is served".formatted(snapshot));
      BundlePage.followed(terminal(), done.object("rejudged"));
    }
    return ExitCode.DONE;
  }
}

package lazaret.cli.bundle;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    header = "Serve an earlier snapshot again",
    description = {
      "",
      "Only the content is rolled back: trusted keys, denials and revocations stay in force."
    },
    footer = {
      "Examples:",
      "  vetting-cli bundle rollback 41 --reason 'tokio 1.48 breaks our build'"
    },
    exitCodeList = {"0:served again", "2:no such snapshot", "3:gate unavailable"})
final class BundleRollbackVerb extends Verb {
  @Parameters(paramLabel = "SNAPSHOT", description = "Number of the snapshot, see 'bundle list'.")
  long snapshot;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Reason in your own words; kept permanently.")
  String reason = "";

  BundleRollbackVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
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
      BundleText.followed(terminal(), done.object("rejudged"));
    }
    return ExitCode.DONE;
  }
}

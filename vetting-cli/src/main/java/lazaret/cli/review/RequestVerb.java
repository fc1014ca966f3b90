package lazaret.cli.review;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `request`, which requests the review of a version.
@Command(
    name = "request",
    header = "Request a withheld version from the reviewers",
    description = {
      "",
      "The request appears in the queue with its reason. An open gate accepts requests without a"
          + " token; otherwise the scope 'read' is needed."
    },
    footer = {
      "Examples:",
      "  vetting-cli request serde@1.0.230 --reason 'fixes the overflow that we hit'",
      "  vetting-cli request serde@1.0.230 --reason 'needed by beta' --id 5f0c9e..."
    },
    exitCodeList = {
      "0:requested",
      "2:no exact version, no reason, or the version is served",
      "3:gate or upstream unavailable",
      "5:no such crate or version"
    })
public final class RequestVerb extends Verb {
  @Parameters(paramLabel = "NAME@VERSION", description = "One exact version.")
  String word = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Reason for the reviewers and the ledger, at most 500 characters.")
  String reason = "";

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Request id of the refusal, as cargo printed it.")
  @Nullable String id;

  public RequestVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    VersionArguments.Exact exact = VersionArguments.exact(word);
    String spec = exact.name() + "@" + exact.version();
    JsonObject.Builder order = JsonObject.builder().put("spec", spec).put("reason", reason);
    if (id != null) {
      order.put("refusal", id);
    }
    JsonObject answer =
        desk().ask("cannot request " + spec, DeskQuestion.post("/requests", order.build()));
    if (session().json()) {
      terminal().json(answer);
    } else {
      terminal().line("requested " + spec + ": the reviewers see it in their queue");
      terminal().line("  check: vetting-cli why " + spec);
    }
    return ExitCode.DONE;
  }
}

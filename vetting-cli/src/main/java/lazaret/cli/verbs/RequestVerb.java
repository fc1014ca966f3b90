package lazaret.cli.verbs;

import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "request",
    header = "Ask the reviewers for a withheld version.",
    description = {
      "",
      "The version appears in the queue with the reason. An open gate takes requests without a"
          + " token; else the token needs the scope 'read'."
    },
    footer = {
      "Examples:",
      "  vetting-cli request serde@1.0.230 --reason 'fixes the overflow that we hit'",
      "  vetting-cli request serde@1.0.230 --reason 'needed by beta' --id 5f0c9e..."
    },
    exitCodeList = {
      "0:requested",
      "2:no exact version or no reason was named, or the version is served",
      "3:no gate answers, or upstream cannot be asked",
      "5:no such crate or version"
    })
final class RequestVerb extends Verb {
  @Parameters(paramLabel = "NAME@VERSION", description = "One exact version.")
  String word = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "The reason, up to 500 characters; the reviewers and the ledger have it.")
  String reason = "";

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The request id of the refusal, as cargo printed it.")
  @Nullable String id;

  RequestVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Versions.Exact exact = Versions.exact(word);
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
      terminal().line("requested " + spec + ": the reviewers have it in their queue");
      terminal().line("  ask again: vetting-cli why " + spec);
    }
    return ExitCode.DONE;
  }
}

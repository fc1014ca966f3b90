package lazaret.cli.review;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.desk.VersionArguments;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.SubmitReply;
import lazaret.vetting.deskapi.requests.SubmitRequest;
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
public final class RequestVerb extends DeskVerb<SubmitRequest, SubmitReply> {
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
  protected Operation<SubmitRequest, SubmitReply> operation() {
    return RequestOperations.SUBMIT;
  }

  @Override
  protected SubmitRequest request() {
    VersionArguments.Exact exact = VersionArguments.exact(word);
    return new SubmitRequest(new CrateSpec(exact.name(), exact.version(), null), reason, id);
  }

  @Override
  protected String attempt() {
    return "cannot request " + word;
  }

  @Override
  protected void print(SubmitReply reply) {
    String spec = reply.name() + "@" + reply.version();
    terminal().line("requested " + spec + ": the reviewers see it in their queue");
    terminal().line("  check: vetting-cli why " + spec);
  }
}

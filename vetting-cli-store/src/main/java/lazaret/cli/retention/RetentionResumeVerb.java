package lazaret.cli.retention;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.RetentionOperations;
import lazaret.vetting.deskapi.retention.RetentionReply;
import lazaret.vetting.deskapi.retention.RetentionResumeRequest;
import lazaret.vetting.text.KebabCase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `retention resume`, which puts tried rules in force.
@Command(
    name = "resume",
    header = "Follow the rules after their trial",
    description = {
      "",
      "The file must have the same rules as the last trial. Rules that are in force are paused by"
          + " each change of the file."
    },
    footer = {
      "Examples:",
      "  vetting-cli retention resume $(vetting-cli retention try --json | jq -r .rules) \\",
      "    --reason 'unused since May'"
    },
    exitCodeList = {
      "0:in force",
      "2:no rules, or rules with mistakes",
      "3:gate unavailable",
      "6:the file or the last trial has other rules"
    })
final class RetentionResumeVerb extends DeskVerb<RetentionResumeRequest, RetentionReply> {
  @Parameters(paramLabel = "SHA256", description = "The rules, as 'retention try' names them.")
  String rules = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "The reason, for the ledger.")
  String reason = "";

  RetentionResumeVerb(CliSession session) {
    super(session);
  }

  @Override
  protected Operation<RetentionResumeRequest, RetentionReply> operation() {
    return RetentionOperations.RESUME_RETENTION;
  }

  @Override
  protected RetentionResumeRequest request() {
    return new RetentionResumeRequest(Sha256.parse(rules), reason);
  }

  @Override
  protected String attempt() {
    return "cannot resume the rules";
  }

  @Override
  protected void print(RetentionReply reply) {
    String state =
        reply.state() == RetentionReply.State.IN_FORCE ? "in force" : KebabCase.of(reply.state());
    terminal()
        .line("the rules are " + state + (reply.detail() == null ? "" : ": " + reply.detail()));
  }
}

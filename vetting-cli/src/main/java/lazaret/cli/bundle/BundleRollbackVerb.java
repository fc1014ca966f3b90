package lazaret.cli.bundle;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.vetting.deskapi.BundleOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.bundles.RollbackReply;
import lazaret.vetting.deskapi.bundles.RollbackRequest;
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
final class BundleRollbackVerb extends DeskVerb<RollbackRequest, RollbackReply> {
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
  protected Operation<RollbackRequest, RollbackReply> operation() {
    return BundleOperations.ROLLBACK;
  }

  @Override
  protected RollbackRequest request() {
    return new RollbackRequest(snapshot, reason);
  }

  @Override
  protected String attempt() {
    return "rollback";
  }

  @Override
  protected void print(RollbackReply reply) {
    terminal().line("snapshot %d is served".formatted(reply.snapshot()));
    BundleText.reevaluated(terminal(), reply.reevaluated());
  }
}

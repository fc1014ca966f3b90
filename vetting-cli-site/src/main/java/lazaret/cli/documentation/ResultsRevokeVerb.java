package lazaret.cli.documentation;

import java.util.ArrayList;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.ResultOperations;
import lazaret.vetting.deskapi.site.ResultsReply;
import lazaret.vetting.deskapi.site.ResultsRevokeRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `results revoke`, after which results are used no more.
@Command(
    name = "revoke",
    header = "Use the results of a key or of an archive no more",
    description = {
      "",
      "Archives whose findings came by these results are inspected again. A gate that publishes"
          + " results publishes the revocation in its feed."
    },
    footer = {
      "Examples:",
      "  vetting-cli results revoke --key ID --reason 'the key was stolen'",
      "  vetting-cli results revoke --sha256 DIGEST --reason 'the result was wrong'"
    },
    exitCodeList = {"0:revoked", "2:nothing was named, or no reason", "3:gate unavailable"})
final class ResultsRevokeVerb extends DeskVerb<ResultsRevokeRequest, ResultsReply> {
  @Option(
      names = "--key",
      paramLabel = "ID",
      description = "Key, as 'results status' names it. May be given several times.")
  List<String> keys = new ArrayList<>();

  @Option(
      names = "--sha256",
      paramLabel = "DIGEST",
      description = "SHA-256 of an archive. May be given several times.")
  List<String> archives = new ArrayList<>();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "The reason, for the ledger and for the gates that follow this one.")
  String reason = "";

  ResultsRevokeVerb(CliSession session) {
    super(session);
  }

  @Override
  protected Operation<ResultsRevokeRequest, ResultsReply> operation() {
    return ResultOperations.REVOKE_RESULTS;
  }

  @Override
  protected ResultsRevokeRequest request() {
    return new ResultsRevokeRequest(digests(keys), digests(archives), reason);
  }

  private static List<Sha256> digests(List<String> words) {
    return words.stream().map(Sha256::parse).toList();
  }

  @Override
  protected String attempt() {
    return "cannot revoke inspection results";
  }

  @Override
  protected void print(ResultsReply reply) {
    terminal().line("revoked; what came by these results is inspected again");
  }
}

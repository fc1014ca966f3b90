package lazaret.cli.hosting;

import java.time.Instant;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.TokenOperations;
import lazaret.vetting.deskapi.tokens.OwnTokenInfo;
import lazaret.vetting.deskapi.tokens.OwnTokenRevokeRequest;
import lazaret.vetting.deskapi.tokens.OwnTokensReply;
import lazaret.vetting.deskapi.tokens.TokenRevokeReply;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `token own`, which lists the tokens of the person and revokes one.
@Command(
    name = "own",
    header = "List your own tokens, and revoke one",
    description = {
      "",
      "The tokens are those with the owner of your token: for cargo, of logins, and those that an"
          + " administrator created for you. The last use is that since the start of the server;"
          + " one of several servers knows the uses that it has seen."
    },
    footer = {
      "Examples:",
      "  vetting-cli token own",
      "  vetting-cli token own --revoke 4f2c1d0a9b8e7f60"
    },
    exitCodeList = {"0:success", "3:gate unavailable", "5:you have no such token"})
final class OwnTokensVerb extends Verb {
  @Option(
      names = "--revoke",
      paramLabel = "ID",
      description = "The id of the token to revoke, as in the list.")
  @Nullable String id;

  OwnTokensVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    String revoked = id;
    if (revoked == null) {
      EmptyRequest all = new EmptyRequest();
      print(desk().call(TokenOperations.OWN_TOKENS, all, "cannot list your own tokens"));
    } else {
      OwnTokenRevokeRequest one = new OwnTokenRevokeRequest(revoked);
      print(desk().call(TokenOperations.REVOKE_OWN_TOKEN, one, "cannot revoke the token"));
    }
    return ExitCode.DONE;
  }

  private void print(TokenRevokeReply reply) {
    if (session().json()) {
      terminal().json(reply);
    } else {
      terminal().line("token '" + reply.revoked() + "' is revoked");
    }
  }

  private void print(OwnTokensReply reply) {
    if (session().json()) {
      terminal().json(reply);
      return;
    }
    TextTable table = new TextTable("ID", "NAME", "ROLES", "CREATED", "LAST USED", "EXPIRES");
    for (OwnTokenInfo token : reply.tokens()) {
      Instant used = token.used();
      Instant end = token.expires();
      table.row(
          Cell.of(token.id()),
          Cell.of(TextStyle.STRONG, token.name()),
          Cell.of(String.join(", ", token.roles())),
          Cell.of(Timestamps.minute(token.created())),
          Cell.of(used == null ? "-" : Timestamps.minute(used)),
          Cell.of(end == null ? "never" : Timestamps.distant(end, session().now())));
    }
    terminal().table(table);
    if (table.isEmpty()) {
      terminal().line("no tokens");
    }
  }
}

package lazaret.cli.login;

import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.ServerAddress;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.credential.CredentialsFile;
import lazaret.credential.OriginToken;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Secret;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.LoginOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.client.DeskException;
import lazaret.vetting.deskapi.logins.LogoutReply;
import picocli.CommandLine.Command;

/// The command `logout`, which revokes and removes the token of a login.
@Command(
    name = "logout",
    header = "Revoke and remove the token of a login",
    footer = {"Examples:", "  vetting-cli logout --server https://gate.example"},
    exitCodeList = {
      "0:revoked and removed",
      "2:not signed in there, or unusable file",
      "3:removed here, but not confirmed by the gate"
    })
public final class LogoutVerb extends Verb {
  public LogoutVerb(CliSession session) {
    super(session);
  }

  /// The JSON of the end of a login.
  ///
  /// @param server the gate
  /// @param token the name of the token
  /// @param revoked whether the gate accepts it no longer
  record Output(String server, String token, boolean revoked) {}

  @Override
  public ProcessCode run() {
    ServerAddress server = session().loginServer();
    CredentialsFile file = session().credentials();
    OriginToken token =
        session().origin(server).flatMap(file::find).orElseThrow(() -> unknown(server, file));
    boolean revoked = revoke(server, token);
    file.remove(token);
    if (session().json()) {
      terminal().json(new Output(token.origin().text(), token.name(), revoked));
    } else {
      terminal().line("signed out of " + token.origin());
    }
    if (!revoked) {
      terminal()
          .note(
              "the gate did not confirm it: the token is valid until its expiry; an administrator"
                  + " revokes it with 'vetting-cli token revoke %s'".formatted(token.name()));
    }
    return revoked ? ExitCode.DONE : ExitCode.UNAVAILABLE;
  }

  /// Returns whether the gate does not accept the token from now on.
  private boolean revoke(ServerAddress server, OriginToken token) {
    try (DeskClient desk = session().desk(server.with(new Secret(token.secret())))) {
      return switch (desk.reply(LoginOperations.END_LOGIN, new EmptyRequest())) {
        case Reply.Done<LogoutReply> _ -> true;
        case Reply.Refused<LogoutReply> refused ->
            refused.problems().getFirst().code() == ErrorCode.UNAUTHENTICATED;
      };
    } catch (DeskException _) {
      return false;
    }
  }

  private static CliException unknown(ServerAddress server, CredentialsFile file) {
    List<String> gates =
        file.tokens().stream().map(each -> each.origin().text()).limit(20).toList();
    return new CliException(
        ErrorCode.CONFIG_INVALID,
        "cannot sign out of %s: expected a login there, found %s; name the gate with --server URL"
            .formatted(
                server.server(),
                gates.isEmpty() ? "none" : "those at " + String.join(", ", gates)));
  }
}

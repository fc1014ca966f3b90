package lazaret.cli.login;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.ServerAddress;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.cli.report.Timestamps;
import lazaret.credential.CredentialsFile;
import lazaret.credential.GateOrigin;
import lazaret.credential.MachineName;
import lazaret.credential.OriginToken;
import lazaret.manual.OptionValue;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Secret;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.LoginOperations;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.client.DeskException;
import lazaret.vetting.deskapi.logins.LoginPollReply;
import lazaret.vetting.deskapi.logins.LoginPollRequest;
import lazaret.vetting.deskapi.logins.LoginStartReply;
import lazaret.vetting.deskapi.logins.LoginStartRequest;
import lazaret.vetting.deskapi.logins.LoginState;
import lazaret.vetting.progress.ProgressLine;
import lazaret.vetting.progress.ProgressMode;
import lazaret.vetting.progress.ProgressShare;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `login`, which signs a person in at a gate with the help of a browser (RFC 8628).
@Command(
    name = "login",
    header = "Sign in at a gate with a browser",
    description = {
      "",
      "Prints an address and a code. Open the address in a browser on any machine, compare the"
          + " code, and approve. The token is stored in a file that only you can read. Commands use"
          + " it for this gate, and so does cargo with 'vetting-cli cargo-credential'."
    },
    footer = {
      "Examples:",
      "  vetting-cli login --server https://gate.example",
      "  vetting-cli login --server https://gate.example --role reviewer"
    },
    exitCodeList = {
      "0:signed in",
      "1:refused by the person in the browser",
      "2:address without TLS, unknown role, or unusable file",
      "3:gate unavailable",
      "6:not approved in time"
    })
public final class LoginVerb extends Verb {
  private static final long MAX_LIFE = 3_600;
  private static final long MAX_INTERVAL = 60;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      completionCandidates = OptionValue.Role.class,
      description =
          "Role that the token needs, for example reader or reviewer. May be given several times. The"
              + " token has no role that you do not have. Default: reader.")
  List<String> roles = new ArrayList<>();

  public LoginVerb(CliSession session) {
    super(session);
  }

  /// The JSON of a login.
  ///
  /// @param server the gate
  /// @param owner the person
  /// @param token the name of the token
  /// @param roles its roles
  /// @param expires its expiry; null if there is none
  record Output(
      String server, String owner, String token, List<String> roles, @Nullable Instant expires) {}

  @Override
  public ProcessCode run() {
    ServerAddress server = session().loginServer();
    if (!server.takesPassphrases()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot sign in at %s: expected https or the socket of this machine, found http; name the gate with --server URL"
              .formatted(server.server()));
    }
    CredentialsFile file = session().credentials();
    // A file that cannot be used must not become known after the person approved.
    file.tokens();
    try (DeskClient desk = session().desk(server)) {
      LoginStartReply started =
          desk.call(
              LoginOperations.START_LOGIN,
              new LoginStartRequest(
                  MachineName.read(), roles, "vetting-cli " + session().around().version()),
              "cannot sign in");
      terminal().note("open    " + started.verificationUriComplete());
      terminal().note("compare " + started.userCode());
      return store(server, file, started, approved(desk, started));
    }
  }

  private LoginPollReply approved(DeskClient desk, LoginStartReply started) {
    Instant end = session().now().plusSeconds(Math.clamp(started.expiresIn(), 1, MAX_LIFE));
    long interval = started.interval();
    try (ProgressLine _ =
        terminal().progress("waiting for approval", ProgressMode.LINE, () -> left(end))) {
      while (session().now().isBefore(end)) {
        session().around().pause().of(Duration.ofSeconds(Math.clamp(interval, 1, MAX_INTERVAL)));
        LoginPollReply reply = poll(desk, started.deviceCode(), interval);
        switch (reply.state()) {
          case DONE -> {
            return reply;
          }
          case PENDING, SLOW_DOWN -> interval = reply.interval();
          case DENIED ->
              throw new CliException(
                  ErrorCode.REFUSED_BY_POLICY,
                  "cannot sign in: the login was refused in the browser");
          case EXPIRED -> throw expired();
        }
      }
    }
    throw expired();
  }

  private ProgressShare left(Instant end) {
    long seconds = Math.max(0, Duration.between(session().now(), end).toSeconds());
    return new ProgressShare("%d:%02d left".formatted(seconds / 60, seconds % 60), 0, 0, "");
  }

  private static CliException expired() {
    return new CliException(
        ErrorCode.STALE,
        "cannot sign in: expected an approval in time, found none; run the command again");
  }

  /// Returns the state of the login. A gate without a reply may have one at the next request.
  private static LoginPollReply poll(DeskClient desk, Secret code, long interval) {
    try {
      return desk.call(LoginOperations.POLL_LOGIN, new LoginPollRequest(code), "cannot sign in");
    } catch (DeskException e) {
      if (e.code() == ErrorCode.SERVER_UNAVAILABLE) {
        return LoginPollReply.of(LoginState.PENDING, interval);
      }
      throw e;
    }
  }

  private ProcessCode store(
      ServerAddress server, CredentialsFile file, LoginStartReply started, LoginPollReply reply) {
    Secret secret = reply.token();
    String name = reply.name();
    String owner = reply.owner();
    if (secret == null || name == null || owner == null) {
      throw new CliException(
          ErrorCode.INTERNAL, "cannot sign in: expected a token from the gate, found none");
    }
    // The address that was used names the gate, and not its reply. Only the gate of this machine,
    // whose socket has no origin, names itself.
    GateOrigin origin =
        session()
            .origin(server)
            .orElseGet(() -> GateOrigin.parse(started.verificationUri().resolve("/").toString()));
    Optional<OriginToken> former = file.find(origin);
    file.put(List.of(new OriginToken(origin, secret.text(), name, owner, reply.expires())));
    former.ifPresent(token -> revoke(server, token));
    print(new Output(origin.text(), owner, name, reply.roles(), reply.expires()));
    return ExitCode.DONE;
  }

  /// Revokes the token of an earlier login, which is not stored any more. A gate that does not
  /// revoke it accepts it until its expiry.
  private void revoke(ServerAddress server, OriginToken token) {
    try (DeskClient desk = session().desk(server.with(new Secret(token.secret())))) {
      var _ = desk.reply(LoginOperations.END_LOGIN, new EmptyRequest());
    } catch (DeskException _) {
      terminal().note("the token '%s' of the earlier login is still valid".formatted(token.name()));
    }
  }

  private void print(Output login) {
    if (session().json()) {
      terminal().json(login);
      return;
    }
    Instant end = login.expires();
    terminal()
        .line(
            "signed in at %s as %s (%s)%s"
                .formatted(
                    login.server(),
                    login.owner(),
                    String.join(", ", login.roles()),
                    end == null ? "" : " until " + Timestamps.minute(end)));
  }
}

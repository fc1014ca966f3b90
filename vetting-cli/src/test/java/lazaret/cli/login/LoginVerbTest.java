package lazaret.cli.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.ServerFixture;
import lazaret.credential.CredentialsFile;
import lazaret.credential.GateOrigin;
import lazaret.credential.OriginToken;
import lazaret.vetting.deskapi.LoginOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.logins.LoginAnswerReply;
import lazaret.vetting.deskapi.logins.LoginAnswerRequest;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Login, use and logout at a gate behind its Unix socket.
class LoginVerbTest {
  @TempDir Path folder;
  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = new CliFixture(Path.of(""), gate.clock);
  private CredentialsFile file = new CredentialsFile(Path.of(""));
  private final Token ann = token("ann");

  private Token token(String name) {
    return gate.desk()
        .tokens()
        .create(name, RoleGrants.of(DeskRole.REVIEWER), null, "test")
        .token();
  }

  @BeforeEach
  void start() {
    cli = CliFixture.beside(folder, gate);
    file = new CredentialsFile(folder.resolve("home/.config/lazaret/credentials.toml"));
    answersAtPoll(2, true);
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  /// Moves the clock with each pause. The person answers in the pause of the given number.
  private void answersAtPoll(int number, boolean approve) {
    cli.pausing =
        () -> {
          gate.clock.advance(cli.pauses.getLast());
          if (cli.pauses.size() == number) {
            Reply<LoginAnswerReply> reply =
                gate.call(
                    LoginOperations.ANSWER_LOGIN,
                    new LoginAnswerRequest(gate.userCode(), approve),
                    ann);
            assertThat(reply).isInstanceOf(Reply.Done.class);
          }
        };
  }

  private OriginToken stored() {
    List<OriginToken> all = file.tokens();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  /// Returns a command line that knows the address of the gate and has no token but the stored one.
  private CliFixture elsewhere() {
    CliFixture other = new CliFixture(folder, gate.clock);
    other.environment.put("LAZARET_SERVER", gate.url());
    return other;
  }

  @Test
  void printsAddressAndCodeAndStoresTheToken() {
    CliFixture.Ran ran = cli.run("login", "--role", "reviewer");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out())
        .isEqualTo(
            "signed in at %s as ann (reviewer) until 2026-12-24 12:00Z\n".formatted(gate.url()));
    assertThat(ran.err())
        .isEqualTo(
            "open    %s/desk/device?code=%s\ncompare %s\n"
                .formatted(gate.url(), gate.userCode(), gate.userCode()));
    assertThat(cli.pauses).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
    OriginToken token = stored();
    assertThat(token.origin()).isEqualTo(GateOrigin.parse(gate.url()));
    assertThat(token.owner()).isEqualTo("ann");
    assertThat(ran.out() + ran.err()).doesNotContain(token.secret());
  }

  @Test
  void printsOneDocumentAsJson() {
    CliFixture.Ran ran = cli.run("login", "--json");

    assertThat(ran.json().words("owner")).isEqualTo("ann");
    assertThat(ran.json().words("server")).isEqualTo(gate.url());
    assertThat(ran.json().texts("roles")).containsExactly("reader");
    assertThat(ran.json().words("token")).startsWith("login-ann-");
    assertThat(ran.out()).doesNotContain("lzr_");
  }

  @Test
  void otherCommandsUseTheTokenAfterAProof() {
    cli.run("login");

    CliFixture.Ran ran = elsewhere().run("whoami");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("person   ann", "roles    read", "sign-in  login");
    CliFixture named = elsewhere();
    named.environment.put("LAZARET_TOKEN", gate.secret);
    assertThat(named.run("whoami").out()).contains("person   admin");
  }

  @Test
  void sendsTheTokenToItsGateAlone() {
    cli.run("login");

    try (ServerFixture other = new ServerFixture()) {
      CliFixture elsewhere = elsewhere();
      elsewhere.environment.put("LAZARET_SERVER", other.url());

      CliFixture.Ran ran = elsewhere.run("whoami");

      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err()).contains("the desk needs a token");
    }
  }

  @Test
  void namesTheLoginIfItsTokenWasRevoked() {
    cli.run("login");
    gate.desk().tokens().revoke(stored().name(), "test");

    CliFixture.Ran ran = elsewhere().run("whoami");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("the token was revoked")
        .contains("the token came from the login at " + gate.url())
        .contains("sign in again with 'vetting-cli login --server " + gate.url() + "'");
  }

  @Test
  void aSecondLoginRevokesTheTokenOfTheFirst() {
    cli.run("login");
    String first = stored().name();
    cli.pauses.clear();

    cli.run("login");

    assertThat(stored().name()).isNotEqualTo(first);
    assertThat(gate.desk().tokens().list())
        .extracting(Token::name)
        .contains(stored().name())
        .doesNotContain(first);
  }

  @Test
  void endsAfterARefusalOfThePerson() {
    answersAtPoll(1, false);

    CliFixture.Ran ran = cli.run("login");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err())
        .contains("error: cannot sign in: the login was refused in the browser")
        .doesNotContain("token");
    assertThat(file.tokens()).isEmpty();
  }

  @Test
  void endsIfNoPersonAnswersInTime() {
    cli.pausing = () -> gate.clock.advance(cli.pauses.getLast());

    CliFixture.Ran ran = cli.run("login");

    assertThat(ran.exit()).isEqualTo(6);
    assertThat(ran.err())
        .contains("error: cannot sign in: expected an approval in time, found none; run the");
    assertThat(cli.pauses).hasSize(120);
  }

  @Test
  void refusesAnAddressWithoutTls() {
    CliFixture.Ran ran = elsewhere().run("login");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "cannot sign in at %s: expected https or the socket of this machine, found http; name the gate with --server URL"
                .formatted(gate.url()));
    assertThat(gate.userCode()).isEmpty();
  }

  @Test
  void asksForNoApprovalIfTheFileCannotBeUsed() throws IOException {
    Files.createDirectories(file.path().getParent());
    Files.createFile(file.path());
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-rw-rw-"));

    CliFixture.Ran ran = cli.run("login");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("expected a file that only you can read, found rw-rw-rw-");
    assertThat(gate.userCode()).isEmpty();
  }

  @Test
  void reportsARoleThatDoesNotExist() {
    CliFixture.Ran ran = cli.run("login", "--role", "root");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("cannot read the role 'root': expected one of reader, requester");
  }

  @Test
  void ignoresTheGateThatAProjectNames() {
    cli.write(
        ".cargo/config.toml",
        """
        [source.crates-io]
        replace-with = "evil"
        [source.evil]
        registry = "sparse+https://evil.example/index/"
        """);
    CliFixture alone = new CliFixture(folder, gate.clock);

    CliFixture.Ran ran = alone.run("login");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("cannot sign in at http://127.0.0.1:7080: expected https");
  }

  @Test
  void logoutRevokesAndRemovesTheToken() {
    cli.run("login");
    String name = stored().name();

    CliFixture.Ran ran = elsewhere().run("logout");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("signed out of " + gate.url() + "\n");
    assertThat(file.tokens()).isEmpty();
    assertThat(gate.desk().tokens().list()).extracting(Token::name).doesNotContain(name);
  }

  @Test
  void logoutRemovesATokenThatTheGateDoesNotConfirm() {
    cli.run("login");
    String name = stored().name();
    gate.stopServer();

    CliFixture.Ran ran = elsewhere().run("logout", "--json");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.json().flag("revoked")).isFalse();
    assertThat(ran.err())
        .contains("the gate did not confirm it: the token is valid until its expiry")
        .contains("'vetting-cli token revoke " + name + "'");
    assertThat(file.tokens()).isEmpty();
  }

  @Test
  void logoutNamesTheLoginsThatExist() {
    cli.run("login");
    CliFixture other = elsewhere();
    other.environment.put("LAZARET_SERVER", "https://other.example");

    CliFixture.Ran ran = other.run("logout");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "cannot sign out of https://other.example: expected a login there, found those at %s; name the gate with --server URL"
                .formatted(gate.url()));
  }
}

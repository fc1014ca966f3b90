package lazaret.vetting.access.logins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lazaret.testkit.ManualClock;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.MalformedException;
import lazaret.vetting.Secret;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.deskapi.logins.LoginAnswerReply;
import lazaret.vetting.deskapi.logins.LoginAnswerRequest;
import lazaret.vetting.deskapi.logins.LoginPollReply;
import lazaret.vetting.deskapi.logins.LoginStartReply;
import lazaret.vetting.deskapi.logins.LoginStartRequest;
import lazaret.vetting.deskapi.logins.LoginState;
import lazaret.vetting.deskapi.logins.PendingLoginReply;
import lazaret.vetting.deskapi.logins.PendingLoginRequest;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginHandlerSourceTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final ManualClock clock = new ManualClock(START);
  private final InMemoryStore store = new InMemoryStore();
  private final TokenService tokens = new TokenService(store, clock);
  private final LoginHandlerSource logins = logins(LoginLimits.USUAL);
  private final Caller alice = person("alice", DeskRole.REVIEWER, null);

  @AfterEach
  void close() {
    store.close();
  }

  private LoginHandlerSource logins(LoginLimits limits) {
    return new LoginHandlerSource(store, tokens, clock, limits, () -> "https://gate.example");
  }

  private Caller person(String name, DeskRole role, @Nullable Instant expires) {
    Token token = tokens.create(name, RoleGrants.of(role), expires, "test").token();
    return Caller.of(token, "10.0.0.9");
  }

  private LoginStartReply start(String... roles) {
    return startFrom("10.0.0.1", roles);
  }

  private LoginStartReply startFrom(String address, String... roles) {
    return logins.start(
        new LoginStartRequest("laptop", List.of(roles), "vetting-cli 0.1.0"),
        Caller.anonymous(address));
  }

  private LoginAnswerReply answer(LoginStartReply login, Caller person, boolean approve) {
    return logins.answer(new LoginAnswerRequest(login.userCode(), approve), person);
  }

  private LoginPollReply poll(LoginStartReply login) {
    return logins.poll(login.deviceCode());
  }

  @Test
  void namesThePageTheCodeAndTheTimes() {
    LoginStartReply login = start();

    assertThat(login.verificationUri()).hasToString("https://gate.example/desk/device");
    assertThat(login.verificationUriComplete())
        .hasToString("https://gate.example/desk/device?code=" + login.userCode());
    assertThat(login.expiresIn()).isEqualTo(600);
    assertThat(login.interval()).isEqualTo(5);
    assertThat(login.deviceCode().text()).matches("lzd_[0-9a-f]{64}");
    assertThat(login.toString()).doesNotContain("lzd_");
  }

  @Test
  void givesATokenOfThePersonOnceAfterTheirApproval() {
    LoginStartReply login = start("reviewer");
    assertThat(poll(login)).isEqualTo(LoginPollReply.of(LoginState.PENDING, 5));

    LoginAnswerReply answered = answer(login, alice, true);

    Instant end = START.plus(Duration.ofDays(30));
    assertThat(answered).isEqualTo(new LoginAnswerReply("laptop", true, List.of("reviewer"), end));
    clock.advance(INTERVAL);
    LoginPollReply reply = poll(login);
    assertThat(reply.state()).isEqualTo(LoginState.DONE);
    assertThat(reply.owner()).isEqualTo("alice");
    assertThat(reply.name()).matches("login-alice-laptop-[0-9a-f]{4}");
    assertThat(reply.roles()).containsExactly("reviewer");
    assertThat(reply.expires()).isEqualTo(end);
    Token token = tokens.authenticate(secret(reply)).orElseThrow();
    assertThat(token.owner()).isEqualTo("alice");
    assertThat(token.roles()).isEqualTo(RoleGrants.of(DeskRole.REVIEWER));
    assertThat(poll(login)).isEqualTo(LoginPollReply.of(LoginState.EXPIRED, 0));
  }

  private static String secret(LoginPollReply reply) {
    Secret secret = reply.token();
    assertThat(secret).isNotNull();
    return secret.text();
  }

  @Test
  void createsNoTokenBeforeTheCommandFetchesIt() {
    LoginStartReply login = start();
    int before = tokens.list().size();
    answer(login, alice, true);
    assertThat(tokens.list()).hasSize(before);

    poll(login);

    assertThat(tokens.list()).hasSize(before + 1);
  }

  @Test
  void givesNothingAfterARefusal() {
    LoginStartReply login = start();

    assertThat(answer(login, alice, false)).isEqualTo(LoginAnswerReply.refused("laptop"));

    assertThat(poll(login)).isEqualTo(LoginPollReply.of(LoginState.DENIED, 0));
    assertThat(poll(login)).isEqualTo(LoginPollReply.of(LoginState.EXPIRED, 0));
    assertThat(tokens.list()).extracting(Token::name).containsExactly("alice");
  }

  @Test
  void endsAfterTenMinutesEvenIfItWasApproved() {
    LoginStartReply unanswered = start();
    LoginStartReply approved = start();
    answer(approved, alice, true);
    clock.advance(Duration.ofMinutes(10));

    assertThat(poll(unanswered)).isEqualTo(LoginPollReply.of(LoginState.EXPIRED, 0));
    assertThat(poll(approved)).isEqualTo(LoginPollReply.of(LoginState.EXPIRED, 0));
    refuses(() -> answer(unanswered, alice, true), ErrorCode.UNKNOWN, "found a wrong, expired");
  }

  @Test
  void endOfAPersonEndsTheirApprovedLoginsAlone() {
    LoginStartReply approved = start();
    LoginStartReply unanswered = start();
    LoginStartReply ofBob = start();
    answer(approved, alice, true);
    answer(ofBob, person("bob", DeskRole.REQUESTER, null), true);

    logins.endApproved("alice");

    assertThat(poll(approved)).isEqualTo(LoginPollReply.of(LoginState.EXPIRED, 0));
    assertThat(poll(unanswered).state()).isEqualTo(LoginState.PENDING);
    assertThat(poll(ofBob).state()).isEqualTo(LoginState.DONE);
  }

  @Test
  void requestFromBeforeTheEndOfAPersonApprovesNoLogin() {
    LoginStartReply login = start();

    logins.endApproved("alice");

    refuses(
        () -> answer(login, alice, true),
        ErrorCode.FORBIDDEN,
        "expected a session that began after the last end of all sessions");
    assertThat(poll(login).state()).isEqualTo(LoginState.PENDING);
    clock.advance(Duration.ofSeconds(30));
    answer(login, alice, true);
    assertThat(poll(login).state()).isEqualTo(LoginState.DONE);
  }

  @Test
  void tokensOfLoginsEndWithTheTokenThatApprovedThem() {
    LoginStartReply fetched = start();
    answer(fetched, alice, true);
    String secret = secret(poll(fetched));
    LoginStartReply approved = start();
    answer(approved, alice, true);

    assertThat(tokens.revoke("alice", "test")).isTrue();

    assertThat(tokens.list()).isEmpty();
    assertThat(tokens.authenticate(secret)).isEmpty();
    assertThat(tokens.rejection(secret)).isEqualTo("the token was revoked");
    assertThat(poll(approved)).isEqualTo(LoginPollReply.of(LoginState.EXPIRED, 0));
    LoginStartReply later = start();
    refuses(
        () -> answer(later, alice, true),
        ErrorCode.UNKNOWN,
        "cannot answer the login: expected a token of this gate, found a revoked one");
  }

  @Test
  void slowsACommandDownThatAsksTooOften() {
    LoginStartReply login = start();
    poll(login);
    clock.advance(Duration.ofSeconds(4));
    assertThat(poll(login)).isEqualTo(LoginPollReply.of(LoginState.SLOW_DOWN, 10));
    clock.advance(Duration.ofSeconds(9));
    assertThat(poll(login)).isEqualTo(LoginPollReply.of(LoginState.SLOW_DOWN, 15));
    clock.advance(Duration.ofSeconds(15));

    assertThat(poll(login)).isEqualTo(LoginPollReply.of(LoginState.PENDING, 15));
  }

  @Test
  void showsAPersonWhatTheyWouldGive() {
    LoginStartReply login = start("admin");
    clock.advance(Duration.ofSeconds(30));

    PendingLoginReply pending =
        logins.pending(new PendingLoginRequest(login.userCode().toLowerCase(Locale.ROOT)), alice);

    assertThat(pending)
        .isEqualTo(
            new PendingLoginReply(
                login.userCode(),
                "laptop",
                "vetting-cli 0.1.0",
                "10.0.0.1",
                List.of("admin"),
                List.of("reviewer"),
                START,
                START.plus(Duration.ofMinutes(10))));
  }

  @Test
  void givesAtMostThePermissionsOfThePerson() {
    Caller bob = person("bob", DeskRole.REQUESTER, START.plus(Duration.ofHours(1)));
    LoginStartReply login = start("admin", "prefetcher");

    LoginAnswerReply answered = answer(login, bob, true);

    assertThat(answered.roles()).containsExactly("requester");
    assertThat(answered.expires()).isEqualTo(START.plus(Duration.ofHours(1)));
    assertThat(tokens.authenticate(secret(poll(login))).orElseThrow().roles())
        .isEqualTo(RoleGrants.of(DeskRole.REQUESTER));
  }

  @Test
  void givesTheRoleOfAReaderIfNoneIsWanted() {
    LoginStartReply login = start();

    assertThat(answer(login, alice, true).roles()).containsExactly("reader");
  }

  @Test
  void refusesRolesThatDoNotExist() {
    assertThatThrownBy(() -> start("root"))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "cannot read the role 'root': expected one of reader, requester, prefetcher, reviewer,"
                + " auditor, admin, publish-new, publish-update, yank, change-owners");
    String[] many = Collections.nCopies(17, "reader").toArray(String[]::new);
    assertThatThrownBy(() -> start(many))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot start a login: expected at most 16 roles, found 17");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\u202eb", "a\nb"})
  void refusesNamesOfMachinesThatDeceive(String machine) {
    assertThatThrownBy(
            () ->
                logins.start(
                    new LoginStartRequest(machine, List.of(), "cli"), Caller.anonymous("10.0.0.1")))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot start a login: expected `machine` of 1 to 64 printable");
  }

  @Test
  void tokensOfLoginsApproveNoLogin() {
    LoginStartReply first = start("reviewer");
    answer(first, alice, true);
    Token made = tokens.authenticate(secret(poll(first))).orElseThrow();
    Caller command = Caller.of(made, "10.0.0.1");
    LoginStartReply second = start();

    String message = "expected a person who signed in, found the token 'login-alice-laptop-";
    refuses(() -> answer(second, command, true), ErrorCode.FORBIDDEN, message);
    refuses(() -> answer(second, command, false), ErrorCode.FORBIDDEN, message);
    refuses(
        () -> logins.pending(new PendingLoginRequest(second.userCode()), command),
        ErrorCode.FORBIDDEN,
        message);
    assertThat(answer(second, alice, true).approved()).isTrue();
  }

  @Test
  void refusesTheSixthCodeOfAPersonWhoGuesses() {
    LoginStartReply login = start();
    for (int i = 0; i < 5; i++) {
      refuses(() -> guess(login, alice), ErrorCode.UNKNOWN, "found a wrong, expired or used one");
    }

    String limit = "expected at most 5 wrong codes in a minute, found more; try again in a minute";
    refuses(() -> guess(login, alice), ErrorCode.SERVER_UNAVAILABLE, limit);
    refuses(() -> answer(login, alice, true), ErrorCode.SERVER_UNAVAILABLE, limit);
    Caller bob = person("bob", DeskRole.REQUESTER, null);
    refuses(() -> guess(login, bob), ErrorCode.UNKNOWN, "found a wrong, expired or used one");
    clock.advance(Duration.ofMinutes(1));
    assertThat(answer(login, alice, true).approved()).isTrue();
  }

  private Object guess(LoginStartReply login, Caller person) {
    String wrong = login.userCode().equals("BCDF-GHJK") ? "BCDF-GHJL" : "BCDF-GHJK";
    return logins.pending(new PendingLoginRequest(wrong), person);
  }

  @Test
  void theFirstAnswerCounts() {
    LoginStartReply login = start();
    answer(login, alice, false);

    refuses(() -> answer(login, alice, true), ErrorCode.UNKNOWN, "expired or used one");
    assertThat(poll(login).state()).isEqualTo(LoginState.DENIED);
  }

  @Test
  void opensTwentyLoginsOfOneAddress() {
    for (int i = 0; i < 20; i++) {
      start();
      clock.advance(Duration.ofSeconds(4));
    }

    refuses(
        this::start,
        ErrorCode.SERVER_UNAVAILABLE,
        "expected at most 20 open logins of one address, found more; answer one of them, or try"
            + " again in 10 minutes");
    assertThat(startFrom("10.0.0.2").interval()).isEqualTo(5);
    clock.advance(Duration.ofMinutes(10));
    assertThat(start().interval()).isEqualTo(5);
  }

  @Test
  void opensTwentyLoginsOfOneNetworkOfIpv6() {
    for (int i = 0; i < 20; i++) {
      startFrom("2001:db8:1:2::" + i);
      clock.advance(Duration.ofSeconds(4));
    }

    refuses(
        () -> startFrom("2001:db8:1:2:ffff::1"),
        ErrorCode.SERVER_UNAVAILABLE,
        "expected at most 20 open logins of one address, found more");
    assertThat(startFrom("2001:db8:1:3::1").interval()).isEqualTo(5);
    clock.advance(Duration.ofMinutes(10));
    assertThat(startFrom("2001:db8:1:2::1").interval()).isEqualTo(5);
  }

  @Test
  void startsTwentyLoginsOfOneAddressInAMinute() {
    for (int i = 0; i < 20; i++) {
      LoginStartReply login = start();
      answer(login, alice, false);
      poll(login);
    }

    refuses(
        this::start,
        ErrorCode.SERVER_UNAVAILABLE,
        "expected at most 20 logins of one address in a minute, found more; try again in a minute");
  }

  @Test
  void opensAThousandLogins() {
    for (int i = 0; i < 1_000; i++) {
      startFrom("10.1." + i / 10 + "." + i % 10);
    }

    refuses(
        this::start,
        ErrorCode.SERVER_UNAVAILABLE,
        "expected at most 1,000 open logins, found more; try again in 10 minutes");
  }

  @Test
  void deliversATokenToOneOfManyCommandsThatRace() throws Exception {
    for (int round = 0; round < 20; round++) {
      LoginStartReply login = startFrom("10.2.0." + round);
      List<Callable<LoginState>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        tasks.add(() -> poll(login).state());
      }
      tasks.add(
          4,
          () -> {
            answer(login, alice, true);
            return LoginState.PENDING;
          });

      List<LoginState> states = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(9)) {
        for (Future<LoginState> each : threads.invokeAll(tasks)) {
          states.add(each.get());
        }
      }
      states.add(poll(login).state());

      assertThat(states).containsOnlyOnce(LoginState.DONE);
      assertThat(states).doesNotContain(LoginState.DENIED);
    }
  }

  @Test
  void removesExpiredTokensOfEarlierLoginsOfThePerson() {
    LoginStartReply first = start();
    answer(first, alice, true);
    String old = String.valueOf(poll(first).name());
    clock.advance(Duration.ofDays(31));
    assertThat(tokens.list()).extracting(Token::name).contains(old);

    LoginStartReply second = start();
    answer(second, alice, true);
    String young = String.valueOf(poll(second).name());

    assertThat(tokens.list()).extracting(Token::name).contains("alice", young).doesNotContain(old);
  }

  @Test
  void endsTheOldestOfAHundredLoginsOfAPerson() {
    for (int i = 0; i < 100; i++) {
      tokens.create(
          new TokenService.TokenSpec(
              "login-alice-" + i,
              "alice",
              RoleGrants.of(DeskRole.READER),
              SignInMethod.LOGIN,
              null),
          "test");
      clock.advance(Duration.ofSeconds(1));
    }

    LoginStartReply login = start();
    answer(login, alice, true);
    poll(login);

    assertThat(tokens.list()).hasSize(101);
    assertThat(tokens.list())
        .extracting(Token::name)
        .contains("alice", "login-alice-1")
        .doesNotContain("login-alice-0");
  }

  @Test
  void cutsNamesOfTokens() {
    LoginStartReply login =
        logins.start(
            new LoginStartRequest("m \u00e4/".repeat(16), List.of(), "cli"),
            Caller.anonymous("10.0.0.1"));
    Caller carol = person("carol" + "x".repeat(50), DeskRole.REQUESTER, null);
    answer(login, carol, true);

    assertThat(poll(login).name()).matches("login-carolx{19}-m---m---m---m---m---m----[0-9a-f]{4}");
  }

  @Test
  void showsTheIdentityOfTheCaller() {
    assertThat(LoginHandlerSource.signedIn(LoginPerson.of(alice)))
        .hasToString(
            "SignedInReply[owner=alice, token=alice, roles=[reviewer], expires=null, signIn=token]");
    assertThat(LoginHandlerSource.signedIn(LoginPerson.of(Caller.local("local:alice"))))
        .extracting("owner", "signIn")
        .containsExactly("local:alice", "local");
    LoginStartReply login = start();
    answer(login, alice, true);
    Token made = tokens.authenticate(secret(poll(login))).orElseThrow();
    assertThat(LoginHandlerSource.signedIn(LoginPerson.of(Caller.of(made, "10.0.0.1"))))
        .extracting("owner", "signIn", "expires")
        .containsExactly("alice", "login", START.plus(Duration.ofDays(30)));
  }

  @Test
  void revokesTheTokenOfTheRequest() {
    LoginStartReply login = start();
    answer(login, alice, true);
    String secret = secret(poll(login));
    Token made = tokens.authenticate(secret).orElseThrow();
    LoginPerson command = LoginPerson.of(Caller.of(made, "10.0.0.1"));

    assertThat(logins.end(command).revoked()).isEqualTo(made.name());

    assertThat(tokens.authenticate(secret)).isEmpty();
    refuses(
        () -> logins.end(command),
        ErrorCode.UNKNOWN,
        "cannot end the login: expected a token of this gate, found a revoked one");
  }

  @Test
  void keepsTheTokenOfTheServer() {
    Caller server = person(TokenService.SERVER, DeskRole.ADMIN, null);

    refuses(
        () -> logins.end(LoginPerson.of(server)),
        ErrorCode.FORBIDDEN,
        "expected the token of a login, found the token of the server");
    Token ofNode =
        tokens
            .create(
                new TokenService.TokenSpec(
                    "admin-one",
                    TokenService.SERVER,
                    RoleGrants.of(DeskRole.ADMIN),
                    SignInMethod.TOKEN,
                    null),
                "test")
            .token();
    refuses(
        () -> logins.end(LoginPerson.of(Caller.of(ofNode, "10.0.0.9"))),
        ErrorCode.FORBIDDEN,
        "expected the token of a login, found the token of the server");
    refuses(
        () -> logins.end(LoginPerson.of(Caller.local("local:alice"))),
        ErrorCode.UNKNOWN,
        "expected a token, found a caller without one (local)");
  }

  private static void refuses(Callable<?> action, ErrorCode code, String message) {
    assertThatThrownBy(action::call)
        .isInstanceOf(LoginException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((LazaretException) e).code())
        .isEqualTo(code);
  }
}

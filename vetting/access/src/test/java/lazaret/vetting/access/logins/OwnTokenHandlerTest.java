package lazaret.vetting.access.logins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.testkit.ManualClock;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.tokens.OwnTokenInfo;
import lazaret.vetting.deskapi.tokens.OwnTokenRequest;
import lazaret.vetting.deskapi.tokens.OwnTokenRevokeRequest;
import lazaret.vetting.deskapi.tokens.TokenCreateReply;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.junit.jupiter.api.Test;

class OwnTokenHandlerTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
  private static final Instant LATER = START.plus(Duration.ofDays(90));

  private final ManualClock clock = new ManualClock(START);
  private final TokenService tokens = new TokenService(new InMemoryStore(), clock);
  private final OwnTokenHandler handler = new OwnTokenHandler(tokens, clock);

  private static Caller ada(String... roles) {
    return Caller.person("ada", RoleGrants.parse(List.of(roles)), "10.0.0.9");
  }

  private static OwnTokenRequest wanted(String... roles) {
    return new OwnTokenRequest("ada-cargo", List.of(roles), LATER);
  }

  @Test
  void personGetsATokenWithSomeOfTheOwnRoles() {
    TokenCreateReply reply =
        handler.create(
            wanted("publish-update:acme-*", "reader"),
            ada("publish-update:acme-* other", "publish-new", "reviewer"));

    Token token = tokens.authenticate(reply.secret().text()).orElseThrow();
    assertThat(token.owner()).isEqualTo("ada");
    assertThat(token.method()).isEqualTo(SignInMethod.LOGIN);
    assertThat(token.expires()).isEqualTo(LATER);
    assertThat(token.roles().texts()).containsExactly("publish-update:acme-*", "reader");
  }

  @Test
  void rolesThatThePersonLacksAreRefused() {
    assertThatThrownBy(() -> handler.create(wanted("publish-new"), ada("admin")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("expected roles among yours, which are: admin");
    assertThatThrownBy(() -> handler.create(wanted("publish-update"), ada("publish-update:acme-*")))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(
            () -> handler.create(wanted("yank:acme-core"), ada("publish-update", "reader")))
        .isInstanceOf(ProblemException.class);
    assertThat(tokens.list()).isEmpty();
  }

  /// Otherwise a stolen token would make others without end.
  @Test
  void holderOfATokenCannotMakeAnother() {
    Token token = tokens.create("ci", RoleGrants.parse(List.of("yank")), null, "test").token();

    assertThatThrownBy(() -> handler.create(wanted("yank"), Caller.of(token, "10.0.0.9")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("found the token 'ci'");
  }

  @Test
  void endAndNameAreLimited() {
    assertThatThrownBy(
            () ->
                handler.create(
                    new OwnTokenRequest("x", List.of("yank"), LATER.plusSeconds(1)), ada("yank")))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected an end within 90 days");
    for (String name : List.of("ci-forge-1", "login-ada", "admin", "admin-2")) {
      assertThatThrownBy(
              () -> handler.create(new OwnTokenRequest(name, List.of("yank"), LATER), ada("yank")))
          .isInstanceOf(MalformedException.class);
    }
  }

  /// Otherwise one person could use up the number of tokens of the gate.
  @Test
  void onePersonHasAtMostFiftyValidTokens() {
    for (int i = 0; i < 50; i++) {
      var _ = handler.create(new OwnTokenRequest("t" + i, List.of("yank"), LATER), ada("yank"));
    }
    OwnTokenRequest more = new OwnTokenRequest("more", List.of("yank"), LATER);

    assertThatThrownBy(() -> handler.create(more, ada("yank")))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected at most 50");
    assertThat(
            handler
                .create(more, Caller.person("bob", RoleGrants.parse(List.of("yank")), "10.0.0.9"))
                .owner())
        .isEqualTo("bob");

    clock.advance(Duration.ofDays(90));
    Instant end = clock.instant().plus(Duration.ofDays(1));
    assertThat(
            handler.create(new OwnTokenRequest("next", List.of("yank"), end), ada("yank")).name())
        .isEqualTo("next");
    assertThat(tokens.list().stream().filter(each -> each.owner().equals("ada")))
        .as("expired ones are removed")
        .hasSizeLessThan(51);
  }

  @Test
  void personListsAndRevokesOwnTokensWithoutTheirSecrets() {
    TokenCreateReply made = handler.create(wanted("yank"), ada("yank"));
    String secret = made.secret().text();
    TokenService.IssuedToken other =
        tokens.create("bob-cargo", RoleGrants.parse(List.of("yank")), null, "test");
    assertThat(handler.list(ada()).tokens())
        .singleElement()
        .satisfies(
            own -> {
              assertThat(own.name()).isEqualTo("ada-cargo");
              assertThat(own.roles()).containsExactly("yank");
              assertThat(own.created()).isEqualTo(START);
              assertThat(own.expires()).isEqualTo(LATER);
              assertThat(own.used()).isNull();
              assertThat(own.toString()).doesNotContain(secret);
            });
    clock.advance(Duration.ofHours(1));
    Token used = tokens.authenticate(secret).orElseThrow();
    OwnTokenInfo own = handler.list(Caller.of(used, "10.0.0.9")).tokens().getFirst();
    assertThat(own.used()).isEqualTo(START.plus(Duration.ofHours(1)));

    String foreign = Token.publicId(other.token().secretHash());
    for (String id : List.of(foreign, "", own.name())) {
      assertThatThrownBy(() -> handler.revoke(new OwnTokenRevokeRequest(id), ada("admin")))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("ada has no token");
    }
    assertThat(handler.revoke(new OwnTokenRevokeRequest(own.id()), ada()).revoked())
        .isEqualTo("ada-cargo");

    assertThat(tokens.authenticate(secret)).isEmpty();
    assertThat(tokens.authenticate(other.secret())).isPresent();
    assertThat(handler.list(ada()).tokens()).isEmpty();
  }

  /// The jobs of a binding have one owner.
  @Test
  void jobsAndTheServerItselfRevokeNothing() {
    Caller job =
        new Caller("ci-17", "ci:release", RoleGrants.NONE, SignInMethod.EXCHANGE, null, "10.0.0.9");
    assertThatThrownBy(() -> handler.list(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("expected a person, found 'ci-17'");
    assertThatThrownBy(() -> handler.revoke(new OwnTokenRevokeRequest("x"), job))
        .isInstanceOf(ProblemException.class);
    Token admin =
        tokens.create(TokenService.SERVER, RoleGrants.parse(List.of("admin")), null, "a").token();

    assertThatThrownBy(
            () ->
                handler.revoke(
                    new OwnTokenRevokeRequest(Token.publicId(admin.secretHash())),
                    Caller.of(admin, "10.0.0.9")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("that can be revoked so");
  }
}

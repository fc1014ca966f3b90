package lazaret.vetting.desk.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.testkit.ManualClock;
import lazaret.vetting.desk.access.TokenService.TokenSpec;
import lazaret.vetting.gate.fixture.ConcurrencyContract;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenServiceTest {
  private final ManualClock clock = ManualClock.at("2026-11-28T12:00:00Z");
  private final InMemoryStore store = new InMemoryStore();
  private final TokenService tokens = new TokenService(store, clock);

  private static TokenSpec spec(String name, String owner, @Nullable Instant expires) {
    return new TokenSpec(
        name, owner, RoleGrants.of(DeskRole.REQUESTER), SignInMethod.TOKEN, expires);
  }

  private List<String> ledger() {
    try (var entries = store.ledger(0)) {
      return entries
          .map(LedgerEntry::event)
          .map(event -> event instanceof Notice notice ? notice.detail() : event.toString())
          .toList();
    }
  }

  @Test
  void recordsTheReasonOfAToken() {
    tokens.create(spec("ci-1", "ci:release", null), "ci:release", "run 7 of acme/widgets");
    tokens.create(spec("ann-1", "ann", null), "root");

    assertThat(ledger())
        .containsExactly(
            "token 'ci-1' of ci:release [requester]: run 7 of acme/widgets",
            "token 'ann-1' of ann [requester]");
  }

  @Test
  void endsATokenWithTheOneThatApprovedIt() {
    Token laptop = tokens.create(spec("laptop", "ann", null), "root").token();
    TokenSpec login =
        new TokenSpec(
            "login-1",
            "ann",
            RoleGrants.of(DeskRole.READER),
            SignInMethod.LOGIN,
            null,
            Token.publicId(laptop.secretHash()));
    String secret = tokens.create(login, "ann").secret();
    tokens.create(spec("other", "ann", null), "root");
    assertThat(tokens.authenticate(secret)).isPresent();

    tokens.replace(spec("laptop", "ann", null), "root", "lost");

    assertThat(tokens.list()).extracting(Token::name).containsExactlyInAnyOrder("laptop", "other");
    assertThat(tokens.authenticate(secret)).isEmpty();
    assertThat(ledger())
        .contains("token 'laptop': lost", "token 'login-1'")
        .endsWith("token 'laptop' of ann [requester]");
    assertThatThrownBy(() -> tokens.create(login, "ann"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the token that approved 'login-1' ended");
  }

  @Test
  void removesExpiredTokensOfSomeOwners() {
    Instant soon = clock.instant().plus(Duration.ofMinutes(1));
    String secret = tokens.create(spec("one", "ci:release", soon), "a").secret();
    tokens.create(spec("two", "ci:release", soon.plusSeconds(1)), "a");
    tokens.create(spec("three", "ci:release", null), "a");
    tokens.create(spec("four", "ann", soon), "a");
    assertThat(tokens.authenticate(secret)).isPresent();
    clock.advance(Duration.ofMinutes(1));

    assertThat(tokens.removeExpired("ci:", clock.instant())).isEqualTo(1);

    assertThat(tokens.list())
        .extracting(Token::name)
        .containsExactlyInAnyOrder("two", "three", "four");
    assertThat(tokens.authenticate(secret)).isEmpty();
    assertThat(tokens.rejection(secret)).isEqualTo("the token is unknown to this gate");
    assertThat(ledger()).hasSize(4);
    assertThat(tokens.removeExpired("ci:", clock.instant())).isZero();
  }

  @Test
  void aTokenThatOneNodeRevokesEndsAtTheOther() {
    SharedMemory memory = new SharedMemory();
    TokenService one = new TokenService(memory.node("one"), clock);
    TokenService two = new TokenService(memory.node("two"), clock);
    String secret = one.create(spec("ci", "ci", null), "root").secret();
    assertThat(two.authenticate(secret)).isPresent();

    assertThat(one.revoke("ci", "root")).isTrue();

    assertThat(one.authenticate(secret)).isEmpty();
    assertThat(two.authenticate(secret)).as("until its next beat").isPresent();
    two.forget(TokenService.hashOf(secret));
    assertThat(two.authenticate(secret)).isEmpty();
    assertThat(two.rejection(secret)).isEqualTo("the token was revoked");
  }

  @Test
  void twoNodesMakeOneTokenOfAName() throws Exception {
    SharedMemory memory = new SharedMemory();
    TokenService one = new TokenService(memory.node("one"), clock);
    TokenService two = new TokenService(memory.node("two"), clock);
    var made = new AtomicInteger();

    ConcurrencyContract.inParallel(
        8,
        i -> {
          try {
            (i % 2 == 0 ? one : two).create(spec("ci", "ci", null), "root");
            made.incrementAndGet();
          } catch (IllegalArgumentException _) {
            // The name is in use.
          }
        });

    assertThat(made).hasValue(1);
    assertThat(one.list()).hasSize(1);
  }

  @Test
  void forgetsEverythingAfterMissedChanges() {
    SharedMemory memory = new SharedMemory();
    TokenService one = new TokenService(memory.node("one"), clock);
    TokenService two = new TokenService(memory.node("two"), clock);
    TokenService.IssuedToken issued = one.create(spec("ci", "ci", null), "root");
    String id = Token.publicId(issued.token().secretHash());
    assertThat(two.authenticate(issued.secret())).isPresent();
    assertThat(two.identified(id)).isPresent();
    assertThat(one.revoke("ci", "root")).isTrue();
    assertThat(two.identified(id)).isPresent();

    two.forgetAll();

    assertThat(two.authenticate(issued.secret())).isEmpty();
    assertThat(two.identified(id)).isEmpty();
  }
}

package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import lazaret.mirror.workload.StoredTokenIds;
import lazaret.testkit.ManualClock;
import lazaret.vetting.access.Session;
import lazaret.vetting.access.SessionLimits;
import lazaret.vetting.access.SessionService;
import lazaret.vetting.access.SignInResult;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two gates on one store, of which one has a clock that is five hours early.
class SharedTimeTest {
  private static final Duration DIFFERENCE = Duration.ofHours(5);

  @TempDir Path folder;
  private final ManualClock database = new ManualClock(TestGate.START);
  private final SharedMemory memory = new SharedMemory(database);
  private TestGate one;
  private TestGate early;

  @BeforeEach
  void open() {
    one = new TestGate(folder.resolve("one"), Map.of(), memory.node("one"));
    early = new TestGate(folder.resolve("early"), Map.of(), memory.node("early"));
    early.clock.advance(DIFFERENCE);
  }

  @AfterEach
  void close() {
    early.close();
    one.close();
  }

  private static TokenService tokens(TestGate gate) {
    return gate.wiring.desk().tokens();
  }

  private static SessionService sessions(TestGate gate) {
    return gate.wiring.serverParts().identities().sessions();
  }

  private static StoredTokenIds ids(TestGate gate) {
    return new StoredTokenIds(gate.wiring.store(), gate.wiring.clock());
  }

  /// Creates a token at the first gate. The other one has read none before.
  private String token(Duration life) {
    return tokens(one)
        .create("ann-laptop", RoleGrants.of(DeskRole.ADMIN), database.instant().plus(life), "test")
        .secret();
  }

  @Test
  void aSessionEndsAtTheSameMomentOnBoth() {
    SignInResult result = sessions(one).signIn(token(Duration.ofDays(1)), null);
    String secret = ((SignInResult.SignedIn) result).secret().text();
    Session session = sessions(early).find(secret).orElseThrow();

    database.advance(SessionLimits.DEFAULT.idle().minusSeconds(1));
    assertThat(sessions(one).isOpen(session)).isTrue();
    assertThat(sessions(early).isOpen(session)).isTrue();
    database.advance(Duration.ofSeconds(1));
    assertThat(sessions(one).isOpen(session)).isFalse();
    assertThat(sessions(early).isOpen(session)).isFalse();
  }

  @Test
  void aTokenExpiresAtTheSameMomentOnBoth() {
    String secret = token(Duration.ofHours(1));
    assertThat(tokens(early).authenticate(secret)).isPresent();

    database.advance(Duration.ofHours(1));

    assertThat(tokens(one).authenticate(secret)).isEmpty();
    assertThat(tokens(early).authenticate(secret)).isEmpty();
  }

  @Test
  void aTokenOfAJobIsExchangedOnce() {
    Instant until = database.instant().plus(Duration.ofMinutes(5));
    assertThat(ids(one).use("https://ci.example.org", "a", until)).isTrue();

    assertThat(ids(early).use("https://ci.example.org", "a", until)).isFalse();
  }

  @Test
  void aProcessThatHasItsStoreAloneHasItsOwnClock() {
    try (TestGate alone = new TestGate(folder.resolve("alone"), Map.of())) {
      Clock clock = alone.wiring.clock();
      alone.clock.advance(DIFFERENCE);

      assertThat(clock.instant()).isEqualTo(alone.clock.instant());
    }
  }

  @Test
  void theTimeOfTheDatabaseCanBeMovedForTests() {
    System.setProperty("lazaret.database-clock", "2027-06-01T00:00:00Z");
    try {
      Clock moved = ProgramClock.of(one.wiring.store(), one.clock);
      database.advance(DIFFERENCE);

      assertThat(moved.instant()).isEqualTo(Instant.parse("2027-06-01T05:00:00Z"));
    } finally {
      System.clearProperty("lazaret.database-clock");
    }
  }
}

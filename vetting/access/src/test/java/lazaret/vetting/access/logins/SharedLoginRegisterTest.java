package lazaret.vetting.access.logins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import lazaret.vetting.Bytes;
import lazaret.vetting.access.logins.LoginRegister.Polled;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedLoginRegisterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final LoginOrder ORDER =
      new LoginOrder("laptop", "cli", List.of("reader"), "10.0.0.1");

  private final SharedMemory memory = new SharedMemory();
  private final InMemoryStore first = memory.node("a");
  private final InMemoryStore second = memory.node("b");
  private final LoginRegister one = LoginRegister.of(first, LoginLimits.USUAL, new Random(1));
  private final LoginRegister other = LoginRegister.of(second, LoginLimits.USUAL, new Random(2));

  @AfterEach
  void close() {
    second.close();
    first.close();
  }

  private static Sha256 device(String name) {
    return Sha256.of(Bytes.utf8(name));
  }

  private static LoginGrant grant(String person) {
    return new LoginGrant(person, List.of("reader"), NOW.plusSeconds(60), null);
  }

  private static Polled poll(LoginRegister register, Sha256 device, Instant now) {
    return register.poll(device, now, Function.identity(), UnaryOperator.identity());
  }

  @Test
  void oneNodeStartsAnotherAnswersAndOneOfThemDelivers() {
    PendingLogin login = one.add(ORDER, device("x"), NOW);
    assertThat(poll(other, device("x"), NOW)).isEqualTo(new Polled.Waiting(false, 5));
    PendingLogin shown = other.unanswered(login.code(), "ann", NOW);
    assertThat(shown.order()).isEqualTo(ORDER);
    assertThat(shown.expires()).isEqualTo(login.expires());

    other.answer(login.code(), "ann", grant("ann"), NOW);

    assertThat(poll(one, device("x"), NOW)).isEqualTo(new Polled.Approved(ORDER, grant("ann")));
    assertThat(poll(other, device("x"), NOW)).isEqualTo(new Polled.Gone());
    assertThat(poll(one, device("x"), NOW)).isEqualTo(new Polled.Gone());
  }

  @Test
  void aRefusalReachesTheCommandOnce() {
    PendingLogin login = one.add(ORDER, device("x"), NOW);

    other.answer(login.code(), "ann", null, NOW);

    assertThat(poll(one, device("x"), NOW)).isEqualTo(new Polled.Denied());
    assertThat(poll(one, device("x"), NOW)).isEqualTo(new Polled.Gone());
    assertThatThrownBy(() -> one.unanswered(login.code(), "ann", NOW))
        .isInstanceOf(LoginException.class)
        .hasMessageContaining("found a wrong, expired or used one");
  }

  @Test
  void anEndOnAnotherNodeRemovesWhatThePersonApproved() {
    PendingLogin approved = one.add(ORDER, device("x"), NOW);
    PendingLogin late = one.add(ORDER, device("y"), NOW);
    one.answer(approved.code(), "ann", grant("ann"), NOW);

    other.removeApproved("ann", NOW);

    assertThat(poll(one, device("x"), NOW)).isEqualTo(new Polled.Gone());
    assertThatThrownBy(() -> one.answer(late.code(), "ann", grant("ann"), NOW))
        .isInstanceOf(LoginException.class)
        .hasMessageContaining("found an end less than 30 s ago");
    Instant later = NOW.plusSeconds(30);
    one.answer(late.code(), "ann", grant("ann"), later);
    assertThat(poll(other, device("y"), later)).isInstanceOf(Polled.Approved.class);
  }

  @Test
  void aTokenMadeDuringAnEndIsWithdrawn() {
    PendingLogin login = one.add(ORDER, device("x"), NOW);
    one.answer(login.code(), "ann", grant("ann"), NOW);

    String reply =
        one.poll(
            device("x"),
            NOW.plusSeconds(1),
            state -> {
              other.removeApproved("ann", NOW.plusSeconds(1));
              return "a token";
            },
            made -> made + ", revoked");

    assertThat(reply).isEqualTo("a token, revoked");
  }

  @Test
  void theEndOfAnotherPersonWithdrawsNothing() {
    PendingLogin login = one.add(ORDER, device("x"), NOW);
    one.answer(login.code(), "ann", grant("ann"), NOW);

    String reply =
        one.poll(
            device("x"),
            NOW,
            state -> {
              other.removeApproved("bob", NOW);
              return "a token";
            },
            made -> made + ", revoked");

    assertThat(reply).isEqualTo("a token");
  }

  @Test
  void theLimitOfAnAddressCountsTheLoginsOfAllNodes() {
    for (int i = 0; i < LoginLimits.USUAL.openByAddress(); i++) {
      PendingLogin _ = (i % 2 == 0 ? one : other).add(ORDER, device("x" + i), NOW);
    }

    assertThatThrownBy(() -> one.add(ORDER, device("next"), NOW))
        .isInstanceOf(LoginException.class)
        .hasMessageContaining("at most 20 open logins of one address");
  }

  @Test
  void expiredLoginsAndFormerEndsLeaveTheStore() {
    PendingLogin _ = one.add(ORDER, device("x"), NOW);
    other.removeApproved("ann", NOW);
    Instant later = NOW.plus(LoginLimits.USUAL.life()).plusSeconds(30);

    assertThat(poll(other, device("x"), later)).isEqualTo(new Polled.Gone());
    PendingLogin _ = other.add(ORDER, device("y"), later);

    try (var rows = first.deskRows().list(DeskTable.LOGINS, "")) {
      assertThat(rows.map(DeskRow::key)).containsExactly("login/" + device("y").hex());
    }
  }

  @Test
  void earlyRequestsWaitLongerAtTheirNode() {
    PendingLogin _ = one.add(ORDER, device("x"), NOW);

    assertThat(poll(one, device("x"), NOW)).isEqualTo(new Polled.Waiting(false, 5));
    assertThat(poll(one, device("x"), NOW.plusSeconds(1))).isEqualTo(new Polled.Waiting(true, 10));
  }
}

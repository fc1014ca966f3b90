package lazaret.vetting.access.logins;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginCountersTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  private final LoginCounters counters = new LoginCounters(2);

  @Test
  void isExhaustedAtTheLimitAndFreeAMinuteLater() {
    counters.count("a", START);
    assertThat(counters.isExhausted("a", START)).isFalse();
    counters.count("a", START.plusSeconds(30));

    assertThat(counters.isExhausted("a", START.plusSeconds(59))).isTrue();
    assertThat(counters.isExhausted("a", START.plusSeconds(60))).isFalse();
  }

  @Test
  void countsEachActorAlone() {
    counters.count("a", START);
    counters.count("a", START);

    assertThat(counters.isExhausted("a", START)).isTrue();
    assertThat(counters.isExhausted("b", START)).isFalse();
  }

  @Test
  void forgetsTheOldestOfTooManyActors() {
    counters.count("first", START);
    counters.count("first", START);
    for (int i = 0; i < 10_000; i++) {
      counters.count("a" + i, START);
      counters.count("a" + i, START);
    }

    assertThat(counters.isExhausted("first", START)).isFalse();
    assertThat(counters.isExhausted("a9999", START)).isTrue();
  }
}

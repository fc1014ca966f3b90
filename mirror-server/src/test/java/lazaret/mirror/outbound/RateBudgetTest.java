package lazaret.mirror.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import lazaret.mirror.outbound.RateBudget.Permit;
import lazaret.mirror.outbound.UpstreamOptions.RateLimits;
import lazaret.testkit.ManualClock;
import org.junit.jupiter.api.Test;

class RateBudgetTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final AtomicLong now = new AtomicLong();
  private final ManualClock clock = ManualClock.at("2026-11-24T23:00:00Z");

  private RateBudget within(int requestsPerSecond, long bytesPerDay) {
    return new RateBudget(new RateLimits(requestsPerSecond, bytesPerDay), clock, now::get);
  }

  private static void take(RateBudget politeness, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(politeness.request(PATIENCE)).isEqualTo(new Permit.After(Duration.ZERO));
    }
  }

  @Test
  void letsABurstThroughAndSpreadsWhatFollows() {
    RateBudget politeness = within(2, 0);
    take(politeness, 20);

    assertThat(politeness.request(PATIENCE)).isEqualTo(new Permit.After(Duration.ofMillis(500)));
    assertThat(politeness.request(PATIENCE)).isEqualTo(new Permit.After(Duration.ofSeconds(1)));
    assertThat(politeness.request(PATIENCE))
        .isEqualTo(
            new Permit.Spent(
                "the budget of 2 requests a second to upstream is spent", Duration.ofMillis(1500)));
    assertThat(politeness.requestsLeft()).isZero();
  }

  @Test
  void refillsWithTimeUpToTheBurst() {
    RateBudget politeness = within(2, 0);
    take(politeness, 20);
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    take(politeness, 6);
    now.addAndGet(Duration.ofDays(3).toNanos());

    assertThat(politeness.requestsLeft()).isEqualTo(20);
  }

  @Test
  void setsNoLimitWhereThereIsNone() {
    RateBudget politeness = within(0, 0);
    politeness.received(Long.MAX_VALUE / 2);
    take(politeness, 5000);

    assertThat(politeness.requestsLeft()).isEqualTo(-1);
    assertThat(politeness.bytesLeftToday()).isEqualTo(-1);
  }

  @Test
  void stopsWhenTheBytesOfTheDayAreSpentUntilMidnight() {
    RateBudget politeness = within(100, 1000);
    politeness.received(999);
    take(politeness, 1);
    assertThat(politeness.bytesLeftToday()).isEqualTo(1);

    politeness.received(500);

    assertThat(politeness.request(PATIENCE))
        .isEqualTo(
            new Permit.Spent(
                "today's budget of 1000 bytes from upstream is spent", Duration.ofHours(1)));
    assertThat(politeness.bytesLeftToday()).isZero();
    clock.advance(Duration.ofHours(1));
    take(politeness, 1);
    assertThat(politeness.bytesLeftToday()).isEqualTo(1000);
  }
}

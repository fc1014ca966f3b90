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

  private static void take(RateBudget budget, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(budget.request(PATIENCE)).isEqualTo(new Permit.After(Duration.ZERO));
    }
  }

  @Test
  void letsABurstThroughAndSpreadsWhatFollows() {
    RateBudget budget = within(2, 0);
    take(budget, 20);

    assertThat(budget.request(PATIENCE)).isEqualTo(new Permit.After(Duration.ofMillis(500)));
    assertThat(budget.request(PATIENCE)).isEqualTo(new Permit.After(Duration.ofSeconds(1)));
    assertThat(budget.request(PATIENCE))
        .isEqualTo(
            new Permit.Spent(
                "the budget of 2 requests a second to upstream is spent", Duration.ofMillis(1500)));
    assertThat(budget.requestsLeft()).isZero();
  }

  @Test
  void refillsWithTimeUpToTheBurst() {
    RateBudget budget = within(2, 0);
    take(budget, 20);
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    take(budget, 6);
    now.addAndGet(Duration.ofDays(3).toNanos());

    assertThat(budget.requestsLeft()).isEqualTo(20);
  }

  @Test
  void setsNoLimitWhereThereIsNone() {
    RateBudget budget = within(0, 0);
    budget.received(Long.MAX_VALUE / 2);
    take(budget, 5000);

    assertThat(budget.requestsLeft()).isEqualTo(-1);
    assertThat(budget.bytesLeftToday()).isEqualTo(-1);
  }

  @Test
  void stopsWhenTheBytesOfTheDayAreSpentUntilMidnight() {
    RateBudget budget = within(100, 1000);
    budget.received(999);
    take(budget, 1);
    assertThat(budget.bytesLeftToday()).isEqualTo(1);

    budget.received(500);

    assertThat(budget.request(PATIENCE))
        .isEqualTo(
            new Permit.Spent(
                "today's budget of 1000 bytes from upstream is spent", Duration.ofHours(1)));
    assertThat(budget.bytesLeftToday()).isZero();
    clock.advance(Duration.ofHours(1));
    take(budget, 1);
    assertThat(budget.bytesLeftToday()).isEqualTo(1000);
  }
}

package lazaret.mirror.following;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.testkit.ManualClock;
import org.junit.jupiter.api.Test;

class FollowBudgetTest {
  private static final Instant START = Instant.parse("2026-11-24T23:59:00Z");

  private final ManualClock clock = new ManualClock(START);
  private final FollowMeters meters = new FollowMeters();

  private FollowBudget budget(double requestsPerSecond, long bytesPerDay) {
    return new FollowBudget(
        new FollowSettings.Limits(requestsPerSecond, bytesPerDay, 0, 8),
        new FollowContext.Time(clock, this::nanos, clock::advance, Runnable::run),
        meters);
  }

  private long nanos() {
    return Duration.between(START, clock.instant()).toNanos();
  }

  private Duration elapsed() {
    return Duration.between(START, clock.instant());
  }

  @Test
  void requestsAreSpreadWithoutABurst() throws InterruptedException {
    FollowBudget budget = budget(20, 0);
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      budget.awaitTurn();
      times.add(elapsed());
    }

    assertThat(times)
        .containsExactly(
            Duration.ZERO, Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(150));
  }

  @Test
  void anIdleTimeSavesNothing() throws InterruptedException {
    FollowBudget budget = budget(10, 0);
    budget.awaitTurn();
    clock.advance(Duration.ofMinutes(10));
    budget.awaitTurn();
    budget.awaitTurn();

    assertThat(elapsed()).isEqualTo(Duration.ofMinutes(10).plusMillis(100));
  }

  @Test
  void aRateCanBeLessThanOneASecond() throws InterruptedException {
    FollowBudget budget = budget(0.375, 0);
    budget.awaitTurn();
    budget.awaitTurn();

    assertThat(elapsed()).isBetween(Duration.ofMillis(2_666), Duration.ofMillis(2_667));
  }

  @Test
  void noRateSetsNoLimit() throws InterruptedException {
    FollowBudget budget = budget(0, 0);
    for (int i = 0; i < 1_000; i++) {
      budget.awaitTurn();
    }

    assertThat(elapsed()).isZero();
    assertThat(meters.requests()).isEqualTo(1_000);
  }

  @Test
  void aPauseIsObservedAndBounded() throws InterruptedException {
    FollowBudget budget = budget(10, 0);
    budget.pause(Duration.ofSeconds(90));
    budget.awaitTurn();
    assertThat(elapsed()).isEqualTo(Duration.ofSeconds(90));

    budget.pause(Duration.ofDays(365));
    budget.awaitTurn();
    assertThat(elapsed()).isEqualTo(Duration.ofSeconds(90).plusHours(1));
  }

  @Test
  void bytesAreThoseOfADay() {
    FollowBudget budget = budget(0, 1_000);
    budget.received(999);
    assertThat(budget.isSpent()).isFalse();
    budget.received(1);
    assertThat(budget.isSpent()).isTrue();

    clock.advance(Duration.ofMinutes(1));

    assertThat(budget.isSpent()).isFalse();
    assertThat(budget.day().bytes()).isZero();
    assertThat(meters.bytes()).isEqualTo(1_000);
  }

  @Test
  void artifactsLeaveAReserveForIndexFilesAndTheDump() {
    assertThat(leftForArtifacts(20L << 30)).isEqualTo(15L << 30);
    assertThat(leftForArtifacts(8L << 30)).isEqualTo(5L << 30);
    assertThat(leftForArtifacts(4L << 30)).isEqualTo(2L << 30);

    FollowBudget unlimited = budget(0, 0);
    unlimited.received(1L << 50);
    assertThat(unlimited.isSpentForArtifacts()).isFalse();
  }

  private long leftForArtifacts(long bytesPerDay) {
    FollowBudget budget = budget(0, bytesPerDay);
    long step = 1L << 28;
    for (long used = 0; used < bytesPerDay; used += step) {
      if (budget.isSpentForArtifacts()) {
        assertThat(budget.isSpent()).isFalse();
        return used;
      }
      budget.received(step);
    }
    return bytesPerDay;
  }

  @Test
  void theNextDayBeginsAtMidnight() {
    assertThat(budget(0, 0).nextDay()).isEqualTo(Instant.parse("2026-11-25T00:00:00Z"));
  }

  @Test
  void theUseOfTheSameDayIsRestored() throws InterruptedException {
    FollowBudget former = budget(0, 1_000);
    former.awaitTurn();
    former.received(1_000);

    FollowBudget budget = budget(0, 1_000);
    budget.restore(former.day());
    assertThat(budget.isSpent()).isTrue();

    clock.advance(Duration.ofMinutes(1));
    FollowBudget later = budget(0, 1_000);
    later.restore(former.day());
    assertThat(later.isSpent()).isFalse();
  }
}

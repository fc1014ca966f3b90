package lazaret.mirror.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Token buckets under a clock that the tests move.
class RateLimitTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final AtomicLong now = new AtomicLong(-5_000_000_000L);
  private final RateLimit limit = limit(10, 50);

  private RateLimit limit(int units, int burst) {
    return new RateLimit(new RateLimit.Rate(units, SECOND, burst), now::get);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  /// Takes single units until a refusal, and returns their number.
  private static int taken(RateLimit from, String key) {
    int taken = 0;
    while (taken < 1_000 && from.take(key, 1).isEmpty()) {
      taken++;
    }
    return taken;
  }

  @Test
  void clientUsesItsBurstAtOnceAndThenItsRate() {
    assertThat(taken(limit, "a")).isEqualTo(50);

    pass(SECOND);
    assertThat(taken(limit, "a")).isEqualTo(10);
    pass(SECOND.multipliedBy(3));
    assertThat(taken(limit, "a")).isEqualTo(30);
  }

  @Test
  void longPauseFillsTheBucketAndNoMore() {
    taken(limit, "a");

    pass(Duration.ofDays(400));

    assertThat(taken(limit, "a")).isEqualTo(50);
  }

  @Test
  void refusalNamesTheTimeAfterWhichTheRequestPasses() {
    taken(limit, "a");

    Optional<Duration> pause = limit.take("a", 20);

    assertThat(pause).contains(Duration.ofSeconds(2));
    pass(Duration.ofSeconds(2).minusNanos(1));
    assertThat(limit.take("a", 20)).contains(Duration.ofNanos(1));
    pass(Duration.ofNanos(1));
    assertThat(limit.take("a", 20)).isEmpty();
  }

  @Test
  void refusalTakesNothing() {
    taken(limit, "a");
    for (int i = 0; i < 1_000; i++) {
      assertThat(limit.take("a", 5)).isPresent();
    }

    pass(SECOND);

    assertThat(taken(limit, "a")).isEqualTo(10);
  }

  @Test
  void floodOfOneClientTakesNothingFromAnother() {
    for (int i = 0; i < 10_000; i++) {
      var _ = limit.take("flood", 10);
    }

    assertThat(taken(limit, "honest")).isEqualTo(50);
  }

  @Test
  void requestAboveTheBurstTakesTheWholeBurst() {
    assertThat(limit.take("a", 500)).isEmpty();
    assertThat(limit.take("a", 500)).contains(Duration.ofSeconds(5));
  }

  @Test
  void rateOfZeroSetsNoLimit() {
    RateLimit none = limit(0, 1);

    for (int i = 0; i < 100_000; i++) {
      assertThat(none.take("a", 1_000)).isEmpty();
    }
    assertThat(none.clients()).isZero();
  }

  @Test
  void slowRateOfAnHourIsExact() {
    RateLimit hourly = new RateLimit(new RateLimit.Rate(20, Duration.ofHours(1), 20), now::get);
    assertThat(taken(hourly, "a")).isEqualTo(20);

    assertThat(hourly.take("a", 1)).contains(Duration.ofMinutes(3));
    pass(Duration.ofMinutes(3));
    assertThat(taken(hourly, "a")).isEqualTo(1);
  }

  /// A clock that goes back empties a bucket at most: it neither fills one nor refuses for longer
  /// than a whole refill.
  @ParameterizedTest
  @ValueSource(longs = {1, 3_600, 31_536_000})
  void clockThatGoesBackFillsNoBucketAndBlocksOneRefill(long seconds) {
    taken(limit, "empty");
    assertThat(limit.take("half", 25)).isEmpty();

    pass(Duration.ofSeconds(-seconds));

    assertThat(taken(limit, "empty")).isZero();
    assertThat(taken(limit, "half")).isLessThanOrEqualTo(25);
    assertThat(taken(limit, "new")).isEqualTo(50);
    pass(Duration.ofSeconds(5));
    assertThat(taken(limit, "empty")).isEqualTo(50);
  }

  @Test
  void hundredThousandAddressesHaveEachTheirOwnBucket() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(limit.take("address " + i, 50)).isEmpty();
    }
    for (int i = 0; i < 100_000; i++) {
      assertThat(limit.take("address " + i, 1)).as("%d", i).isPresent();
    }

    pass(Duration.ofSeconds(5));

    for (int i = 0; i < 100_000; i++) {
      assertThat(limit.take("address " + i, 50)).as("%d", i).isEmpty();
    }
    assertThat(limit.clients()).isEqualTo(100_000);
  }

  @Test
  void bucketsAreBoundedAndFullOnesMakeSpace() {
    RateLimit small = new RateLimit(new RateLimit.Rate(10, SECOND, 50), now::get, 100);
    for (int i = 0; i < 10_000; i++) {
      var _ = small.take("old " + i, 1);
    }
    assertThat(small.clients()).isEqualTo(100);

    pass(Duration.ofSeconds(5));

    assertThat(small.take("new", 1)).isEmpty();
    assertThat(small.clients()).isEqualTo(1);
  }

  /// An attacker with more addresses than buckets cannot exchange an empty bucket for a full one.
  @Test
  void fullTableResetsNoBucketBeforeItWouldHaveRefilled() {
    RateLimit small = new RateLimit(new RateLimit.Rate(10, SECOND, 50), now::get, 100);
    assertThat(taken(small, "attacker")).isEqualTo(50);
    for (int second = 0; second < 4; second++) {
      for (int i = 0; i < 5_000; i++) {
        var _ = small.take("helper " + i, 20);
      }
      pass(SECOND);
      assertThat(taken(small, "attacker")).as("second %d", second).isLessThanOrEqualTo(10);
    }
  }

  @Test
  void ownBucketBeginsWithTheLevelOfTheSharedOne() {
    RateLimit tiny = new RateLimit(new RateLimit.Rate(10, SECOND, 50), now::get, 1);
    assertThat(tiny.take("owner", 20)).isEmpty();
    assertThat(taken(tiny, "guest")).isEqualTo(50);

    // The bucket of the owner is full by then, and its place free.
    pass(SECOND.multipliedBy(2));

    assertThat(taken(tiny, "guest")).isEqualTo(20);
    assertThat(tiny.clients()).isEqualTo(1);
  }

  @Test
  void concurrentTakesNeverExceedTheBurst() throws Exception {
    RateLimit shared = limit(1, 10_000);
    List<Future<Integer>> counts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        counts.add(threads.submit(() -> taken(shared, "a")));
      }
    }

    int sum = 0;
    for (Future<Integer> count : counts) {
      sum += count.get();
    }
    assertThat(sum).isEqualTo(10_000);
  }

  @Test
  void refusesARateWithoutMeaning() {
    assertThatThrownBy(() -> new RateLimit.Rate(-1, SECOND, 50))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cannot limit a rate: expected units, a period and a burst, found -1, PT1S and 50");
    assertThatThrownBy(() -> new RateLimit.Rate(1, Duration.ZERO, 50))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RateLimit.Rate(1, SECOND, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

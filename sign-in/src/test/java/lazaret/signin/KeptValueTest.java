package lazaret.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import lazaret.testkit.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KeptValueTest {
  private final ManualClock clock = ManualClock.at("2026-11-28T12:00:00Z");
  private final AtomicInteger fetches = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch finish = new CountDownLatch(1);

  private int slow() {
    int number = fetches.incrementAndGet();
    if (number == 2) {
      begun.countDown();
      await(finish);
    }
    return number;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void othersUseTheOldValueDuringAFetch() throws Exception {
    KeptValue<Integer> value = new KeptValue<>(this::slow, clock);
    assertThat(value.get()).isEqualTo(1);
    clock.advance(KeptValue.MAX_AGE);

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> first = threads.submit(value::get);
      await(begun);
      assertThat(value.get()).isEqualTo(1);
      finish.countDown();
      assertThat(first.get()).isEqualTo(2);
    }
    assertThat(fetches).hasValue(2);
  }

  @Test
  void manyThreadsCauseOneFetch() throws Exception {
    KeptValue<Integer> value = new KeptValue<>(fetches::incrementAndGet, clock);

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all =
          IntStream.range(0, 200).mapToObj(_ -> threads.submit(value::get)).toList();
      for (Future<Integer> one : all) {
        assertThat(one.get()).isEqualTo(1);
      }
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void refreshesOnlyAValueThatDoesNotSuffice() {
    KeptValue<Integer> value = new KeptValue<>(fetches::incrementAndGet, clock);
    assertThat(value.get()).isEqualTo(1);
    clock.advance(KeptValue.PAUSE);

    assertThat(value.refreshedUnless(now -> now == 1)).isEqualTo(1);
    assertThat(value.refreshedUnless(now -> now == 2)).isEqualTo(2);
    assertThat(value.refreshedUnless(now -> now == 3)).isEqualTo(2);
  }

  @Test
  void fetchesAgainAfterTheClockWasSetBack() {
    KeptValue<Integer> value = new KeptValue<>(fetches::incrementAndGet, clock);
    assertThat(value.get()).isEqualTo(1);

    clock.advance(Duration.ofDays(-1));
    assertThat(value.get()).isEqualTo(2);
  }

  @Test
  void refusesWithTheReasonOfTheLastFetch() {
    KeptValue<Integer> value =
        new KeptValue<>(
            () -> {
              throw new IssuerUnavailableException("cannot fetch it");
            },
            clock);

    assertThatThrownBy(value::get)
        .isInstanceOf(IssuerUnavailableException.class)
        .hasMessage("cannot fetch it");
  }
}

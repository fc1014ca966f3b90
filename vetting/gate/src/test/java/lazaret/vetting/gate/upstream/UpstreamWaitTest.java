package lazaret.vetting.gate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import lazaret.vetting.gate.context.SingleFlight;
import lazaret.vetting.gate.shares.UpstreamWait;
import org.junit.jupiter.api.Test;

class UpstreamWaitTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final long MILLI = 1_000_000;

  private final UpstreamWait wait = new UpstreamWait();

  @Test
  void countsTheRequestToUpstreamAndNotTheRest() {
    wait.measure(
        () -> {
          pause(60);
          return UpstreamWait.during(() -> pause(20));
        });

    assertThat(wait.nanos()).isBetween(20 * MILLI, 59 * MILLI);
  }

  @Test
  void countsNothingWithoutARequestToUpstream() {
    wait.measure(() -> pause(5));

    assertThat(UpstreamWait.during(() -> "background work")).isEqualTo("background work");
    assertThat(wait.nanos()).isZero();
    assertThat(UpstreamWait.current()).isNull();
  }

  @Test
  void countsTheSharedRunForEachCallerFromItsArrival() throws InterruptedException {
    SingleFlight<String, String> flights = new SingleFlight<>();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Thread first =
        Thread.ofVirtual()
            .start(
                () ->
                    wait.measure(
                        () ->
                            flights.join(
                                "serde",
                                () -> UpstreamWait.during(() -> until(asked, answer)),
                                LONG)));
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    pause(50);
    UpstreamWait second = new UpstreamWait();
    Optional<String> impatient =
        second.measure(() -> flights.join("serde", () -> "never", Duration.ofMillis(20)));
    answer.countDown();
    first.join();

    assertThat(impatient).isEmpty();
    assertThat(second.nanos()).isGreaterThanOrEqualTo(20 * MILLI);
    assertThat(wait.nanos()).isGreaterThanOrEqualTo(second.nanos() + 40 * MILLI);
  }

  @Test
  void countsRequestsAtTheSameMomentOnce() {
    long begun = System.nanoTime();
    List<Long> done =
        wait.measure(
            () -> {
              Function<Integer, Long> request =
                  UpstreamWait.carried(millis -> UpstreamWait.during(() -> pause(millis)));
              return Stream.of(30, 40, 50, 60).gather(Gatherers.mapConcurrent(4, request)).toList();
            });

    assertThat(done).hasSize(4);
    assertThat(wait.nanos()).isBetween(60 * MILLI, System.nanoTime() - begun);
  }

  @Test
  void joinsIntervalsThatMeet() {
    UpstreamWait first = new UpstreamWait();
    UpstreamWait second = new UpstreamWait();
    long since = UpstreamWait.now();
    first.measure(() -> UpstreamWait.during(() -> pause(10)));
    second.measure(() -> UpstreamWait.during(() -> pause(10)));

    wait.include(first, since);
    wait.include(second, since);
    wait.include(first, since);

    assertThat(first.nanos() + second.nanos()).isGreaterThanOrEqualTo(20 * MILLI);
    assertThat(wait.nanos()).isBetween(first.nanos() + second.nanos(), UpstreamWait.now() - since);
  }

  private static String until(CountDownLatch asked, CountDownLatch answer) {
    asked.countDown();
    try {
      answer.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return "answer";
  }

  private static long pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return millis;
  }
}

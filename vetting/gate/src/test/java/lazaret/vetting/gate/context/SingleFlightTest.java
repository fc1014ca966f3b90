package lazaret.vetting.gate.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void fortyCallersShareOneRun() throws Exception {
    SingleFlight<String, Integer> flights = new SingleFlight<>();
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch waiting = new CountDownLatch(39);

    List<Future<Optional<Integer>>> answers = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        answers.add(
            pool.submit(
                () -> {
                  waiting.countDown();
                  return flights.join(
                      "serde",
                      () -> {
                        await(waiting);
                        return runs.incrementAndGet();
                      },
                      LONG);
                }));
      }
      for (Future<Optional<Integer>> answer : answers) {
        assertThat(answer.get()).isPresent();
      }
    }
    assertThat(runs.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void aCallerWhoStopsWaitingDoesNotStopTheRun() {
    SingleFlight<String, String> flights = new SingleFlight<>();
    CountDownLatch release = new CountDownLatch(1);

    Optional<String> impatient =
        flights.join(
            "a",
            () -> {
              await(release);
              return "done";
            },
            Duration.ofMillis(1));
    release.countDown();

    assertThat(impatient).isEmpty();
    assertThat(flights.join("a", () -> "done", LONG)).contains("done");
  }

  @Test
  void everyCallerSeesTheFailure() {
    SingleFlight<String, String> flights = new SingleFlight<>();

    assertThatThrownBy(
            () ->
                flights.join(
                    "a",
                    () -> {
                      throw new IllegalStateException("broken");
                    },
                    LONG))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
    assertThat(flights.join("a", () -> "next", LONG)).contains("next");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

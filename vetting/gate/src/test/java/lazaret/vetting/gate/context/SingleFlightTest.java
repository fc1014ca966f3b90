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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import lazaret.testkit.RecordedSpan;
import lazaret.vetting.trace.CurrentSpan;
import lazaret.vetting.trace.TraceSpan;
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

  @Test
  void aRunBelongsToTheSpanOfTheCallerWhoStartedItAndLeft() {
    SingleFlight<String, TraceSpan> flights = new SingleFlight<>();
    RecordedSpan first = new RecordedSpan("first");
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch ran = new CountDownLatch(1);
    AtomicReference<TraceSpan> seen = new AtomicReference<>(TraceSpan.NONE);
    Supplier<TraceSpan> work =
        () -> {
          await(release);
          seen.set(CurrentSpan.get());
          ran.countDown();
          return CurrentSpan.get();
        };

    Optional<TraceSpan> left =
        CurrentSpan.of(first, _ -> flights.join("a", work, Duration.ofMillis(1)));
    Optional<TraceSpan> joined =
        CurrentSpan.of(
            new RecordedSpan("second"), _ -> flights.join("a", work, Duration.ofMillis(1)));
    assertThat(left).isEmpty();
    assertThat(joined).isEmpty();
    assertThat(first.ended()).isTrue();
    release.countDown();
    await(ran);

    assertThat(seen).hasValue(first);
  }

  @Test
  void givenThreadsRunWhatTheyTakeAndVirtualOnesTheRest() {
    AtomicInteger places = new AtomicInteger(1);
    SingleFlight<String, Boolean> flights =
        new SingleFlight<>(
            run -> {
              boolean taken = places.getAndDecrement() > 0;
              if (taken) {
                Thread _ = Thread.ofPlatform().start(run);
              }
              return taken;
            });

    assertThat(flights.join("a", () -> Thread.currentThread().isVirtual(), LONG)).contains(false);
    assertThat(flights.join("a", () -> Thread.currentThread().isVirtual(), LONG)).contains(true);
    assertThat(flights.isRunning("a")).isFalse();
  }

  @Test
  void aRunWhoseThreadsFailToStartItStillEnds() {
    SingleFlight<String, String> flights =
        new SingleFlight<>(
            _ -> {
              throw new IllegalStateException("no thread");
            });
    CountDownLatch ran = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                flights.join(
                    "a",
                    () -> {
                      ran.countDown();
                      return "done";
                    },
                    LONG))
        .hasMessage("no thread");

    await(ran);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

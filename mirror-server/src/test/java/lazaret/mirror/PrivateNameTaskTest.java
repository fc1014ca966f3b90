package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;

class PrivateNameTaskTest {
  private final CompletableFuture<Thread> worker = new CompletableFuture<>();

  @Test
  void failedRoundsAreRepeatedUntilTheEnd() throws Exception {
    CountDownLatch rounds = new CountDownLatch(3);
    PrivateNameTask.Round failing =
        _ -> {
          worker.complete(Thread.currentThread());
          rounds.countDown();
          if (rounds.getCount() == 2) {
            throw new StoreException(ErrorCode.LEASE_LOST, "a failure of this test", null);
          }
          throw new IllegalStateException("a defect of this test");
        };
    try (PrivateNameTask task = new PrivateNameTask(failing)) {
      task.start(Leader.ALONE, Duration.ofMillis(1));

      assertThat(rounds.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(worker.get(20, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  /// The first comparison does not wait for the pause.
  @Test
  void endIsNotDelayedByTheFirstRound() throws Exception {
    Thread working;
    try (PrivateNameTask task =
        new PrivateNameTask(
            _ -> {
              worker.complete(Thread.currentThread());
              new CountDownLatch(1).await();
            })) {
      task.start(Leader.ALONE);
      working = worker.get(20, TimeUnit.SECONDS);
    }
    assertThat(working.isAlive()).isFalse();
  }

  /// A bundle can bring private names to a server without any in its configuration.
  @Test
  void advisoriesAreComparedWithNamesOfBundles() throws Exception {
    AtomicBoolean hasNames = new AtomicBoolean();
    List<String> done = new ArrayList<>();
    PrivateNameTask.NameSteps steps =
        new PrivateNameTask.NameSteps(
            () -> done.add("configured"), () -> done.add("advisories"), () -> done.add("alarms"));
    PrivateNameTask.Round round = PrivateNameTask.round(false, hasNames::get, steps);

    round.run(true);
    assertThat(done).isEmpty();
    hasNames.set(true);
    round.run(true);
    round.run(false);
    assertThat(done).containsExactly("advisories", "alarms", "alarms");

    done.clear();
    PrivateNameTask.round(true, () -> false, steps).run(true);
    assertThat(done).containsExactly("configured", "advisories", "alarms");
  }
}

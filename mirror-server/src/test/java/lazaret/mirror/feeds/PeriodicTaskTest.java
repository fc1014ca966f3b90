package lazaret.mirror.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.trace.Tracer;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {
  @Test
  void aLostLeaseOfARoundDoesNotEndTheTask() throws Exception {
    var attempts = new AtomicInteger();
    var done = new CountDownLatch(1);
    var task =
        new PeriodicTask(
            "feeds",
            Duration.ofMillis(50),
            () -> {
              if (attempts.incrementAndGet() == 1) {
                throw new StoreException(ErrorCode.LEASE_LOST, "the lease of the round", null);
              }
              done.countDown();
              return true;
            });

    try (task) {
      task.start(() -> {}, Tracer.OFF, Leader.ALONE);

      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void roundWithADefectIsRepeatedUntilTheEnd() throws Exception {
    var worker = new CompletableFuture<Thread>();
    var rounds = new CountDownLatch(3);
    var task =
        new PeriodicTask(
            "feeds",
            Duration.ofMillis(20),
            () -> {
              worker.complete(Thread.currentThread());
              rounds.countDown();
              throw new IllegalStateException("a defect of this test");
            });

    try (task) {
      task.start(() -> {}, Tracer.OFF, Leader.ALONE);

      assertThat(rounds.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(worker.get(30, TimeUnit.SECONDS).isAlive()).isFalse();
  }
}

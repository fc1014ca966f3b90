package lazaret.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Leader;
import org.junit.jupiter.api.Test;

class ResultTaskTest {
  @Test
  void defectInARoundDoesNotEndTheWork() throws InterruptedException {
    CountDownLatch rounds = new CountDownLatch(2);
    ResultTask task =
        new ResultTask(
            new InMemoryStore(),
            false,
            () -> {},
            () -> {
              rounds.countDown();
              throw new IllegalStateException("a defect");
            });
    Thread work = Thread.ofVirtual().start(() -> task.work(Leader.ALONE));
    try {
      task.wake();

      assertThat(rounds.await(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      work.interrupt();
      work.join();
    }
  }

  /// The next round would begin after five minutes.
  @Test
  void callDuringARoundBeginsAnotherOne() throws InterruptedException {
    CountDownLatch rounds = new CountDownLatch(2);
    AtomicReference<Runnable> call = new AtomicReference<>(() -> {});
    ResultTask task =
        new ResultTask(
            new InMemoryStore(),
            false,
            () -> {},
            () -> {
              call.get().run();
              rounds.countDown();
            });
    call.set(task::wake);
    Thread work = Thread.ofVirtual().start(() -> task.work(Leader.ALONE));
    try {
      assertThat(rounds.await(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      work.interrupt();
      work.join();
    }
  }

  /// Each node of a cluster has archives in its heap.
  @Test
  void nodeThatIsNotChosenDoesItsOwnWork() throws InterruptedException {
    CountDownLatch own = new CountDownLatch(1);
    ResultTask task = new ResultTask(new InMemoryStore(), false, own::countDown, () -> {});
    Thread work = Thread.ofVirtual().start(() -> task.work(_ -> false));
    try {
      assertThat(own.await(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      work.interrupt();
      work.join();
    }
  }

  @Test
  void endOfTheServiceIsNotDelayedByARound() throws Exception {
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    try (ResultFixture gate = new ResultFixture(null)) {
      gate.results.start(
          _ -> {
            worker.complete(Thread.currentThread());
            new CountDownLatch(1).await();
            return true;
          });
      Thread working = worker.get(20, TimeUnit.SECONDS);

      gate.results.close();

      assertThat(working.isAlive()).isFalse();
    }
  }
}

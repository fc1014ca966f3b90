package lazaret.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;

class DiskExecutorTest {
  @Test
  void runsOnPlatformThreadsForVirtualOnes() throws Exception {
    try (var disk = new DiskExecutor("d-", 2);
        var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(virtual.submit(() -> disk.run(() -> Thread.currentThread().isVirtual())).get())
          .isFalse();
    }
  }

  @Test
  void runsOnTheCallersThreadWhereThatIsAPlatformThread() {
    try (var disk = new DiskExecutor("d-", 2)) {
      assertThat(disk.run(Thread::currentThread)).isEqualTo(Thread.currentThread());
    }
  }

  @Test
  void runsNoMoreCallsAtOnceThanItHasThreads() throws Exception {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    try (var disk = new DiskExecutor("d-", 3);
        var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        all.add(
            virtual.submit(
                () ->
                    disk.run(
                        () -> {
                          most.accumulateAndGet(now.incrementAndGet(), Math::max);
                          Thread.onSpinWait();
                          return now.decrementAndGet();
                        })));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void waitsForTheOutcomeAndStaysInterrupted() throws Exception {
    var began = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var outcome = new AtomicInteger();
    var interrupted = new AtomicBoolean();
    try (var disk = new DiskExecutor("d-", 1)) {
      Thread caller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    outcome.set(
                        disk.run(
                            () -> {
                              began.countDown();
                              awaitQuietly(go);
                              return 42;
                            }));
                    interrupted.set(Thread.currentThread().isInterrupted());
                  });
      began.await();
      caller.interrupt();
      go.countDown();
      caller.join();
    }
    assertThat(outcome).hasValue(42);
    assertThat(interrupted).isTrue();
  }

  @Test
  void doesNotBeginForACallerThatIsInterrupted() throws Exception {
    var ran = new AtomicBoolean();
    try (var disk = new DiskExecutor("d-", 1);
        var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> caller =
          virtual.submit(
              () -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> disk.run(() -> ran.getAndSet(true)))
                    .hasMessage("cannot use the store: the caller was interrupted");
                assertThat(Thread.interrupted()).isTrue();
              });
      caller.get();
    }
    assertThat(ran).isFalse();
  }

  @Test
  void throwsWhatTheCallThrows() throws Exception {
    try (var disk = new DiskExecutor("d-", 1);
        var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> caller =
          virtual.submit(
              () -> {
                assertThatThrownBy(
                        () ->
                            disk.run(
                                () -> {
                                  throw new StoreException(ErrorCode.DISK_FULL, "full", null);
                                }))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("full")
                    .extracting(e -> ((StoreException) e).code())
                    .isEqualTo(ErrorCode.DISK_FULL);
                assertThatThrownBy(
                        () ->
                            disk.run(
                                () -> {
                                  throw new IllegalArgumentException("odd");
                                }))
                    .isInstanceOf(IllegalArgumentException.class);
              });
      caller.get();
    }
  }

  @Test
  void refusesCallsAfterClosing() throws Exception {
    var disk = new DiskExecutor("d-", 1);
    disk.close();
    try (var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> caller =
          virtual.submit(
              () ->
                  assertThatThrownBy(() -> disk.run(() -> 1))
                      .hasMessage("cannot use the store: it is closed; open it again"));
      caller.get();
    }
  }

  @Test
  void startsOnAPlatformThreadWithoutWaiting() throws Exception {
    var platform = new CompletableFuture<Boolean>();
    var go = new CountDownLatch(1);
    try (var disk = new DiskExecutor("d-", 1)) {
      assertThat(
              disk.start(
                  () -> {
                    awaitQuietly(go);
                    platform.complete(!Thread.currentThread().isVirtual());
                  }))
          .isTrue();
      assertThat(platform).isNotDone();
      go.countDown();
      assertThat(platform.get()).isTrue();
    }
  }

  @Test
  void startsNoMoreThanItHasPlacesAndGivesThemBack() throws Exception {
    var go = new CountDownLatch(1);
    var ran = new AtomicInteger();
    try (var disk = new DiskExecutor("d-", 1)) {
      int started = 0;
      while (disk.start(
          () -> {
            awaitQuietly(go);
            ran.incrementAndGet();
          })) {
        started++;
      }
      assertThat(started).isEqualTo(DiskExecutor.MAX_QUEUED);
      go.countDown();
      try (var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
        // Waits for a place, and behind the started calls.
        int before = virtual.submit(() -> disk.run(ran::get)).get();
        assertThat(before).isEqualTo(started);
      }
    }
  }

  @Test
  void startsNothingAfterClosing() {
    var disk = new DiskExecutor("d-", 1);
    disk.close();

    assertThat(disk.start(() -> {})).isFalse();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

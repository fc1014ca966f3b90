package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;

class StartTaskTest {
  @Test
  void runsBesideItsCaller() {
    CountDownLatch went = new CountDownLatch(1);
    AtomicReference<String> thread = new AtomicReference<>("");

    StartTask task =
        StartTask.begin(
            "part",
            () -> {
              try {
                went.await();
                thread.set(Thread.currentThread().getName());
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    // The work cannot end before the caller got here.
    went.countDown();
    task.await();

    assertThat(thread).hasValue("part");
  }

  @Test
  void throwsWhatTheWorkThrew() {
    StoreException damage = new StoreException(ErrorCode.STORE_CORRUPT, "damaged", null);

    StartTask task =
        StartTask.begin(
            "part",
            () -> {
              throw damage;
            });

    assertThatExceptionOfType(StoreException.class).isThrownBy(task::await).isSameAs(damage);
  }

  @Test
  void hasEndedOnceItIsClosedAlsoIfItFails() {
    AtomicInteger steps = new AtomicInteger();
    StartTask task =
        StartTask.begin(
            "part",
            () -> {
              while (steps.incrementAndGet() < 1_000_000) {
                Thread.onSpinWait();
              }
              throw new IllegalStateException("broken");
            });

    task.close();

    assertThat(steps).hasValue(1_000_000);
  }
}

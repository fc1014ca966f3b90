package lazaret.vetting.gate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.Test;

class WriterLocksTest {
  private static final Batch BATCH = Batch.synced(List.of());

  private final WriterLocks locks = new WriterLocks();
  private final AtomicLong number = new AtomicLong();
  private final List<Batch> committed = new ArrayList<>();

  /// A store of one scope that compares the number.
  private List<LedgerEntry> engine(Batch batch) {
    for (BatchCondition each : batch.conditions()) {
      if (each instanceof BatchCondition.ScopeAt(_, long expected)
          && !number.compareAndSet(expected, expected + 1)) {
        throw each.refusal();
      }
    }
    committed.add(batch);
    return List.of();
  }

  @Test
  void writersOfOneScopeTakeTurns() throws Exception {
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        all.add(
            threads.submit(
                () ->
                    locks.serially(
                        WriteScope.TOKENS,
                        () -> {
                          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                          LockSupport.parkNanos(50_000);
                          return inside.decrementAndGet();
                        })));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void aScopeMayBeTakenAgainWithinItselfAndNoOtherOne() {
    assertThat(
            locks.<String>serially(
                WriteScope.TOKENS, () -> locks.serially(WriteScope.TOKENS, () -> "again")))
        .isEqualTo("again");
    assertThatThrownBy(
            () ->
                locks.<String>serially(
                    WriteScope.TOKENS, () -> locks.serially(WriteScope.REQUESTS, () -> "other")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cannot take the turn of 'requests' while holding that of 'tokens'");
  }

  @Test
  void aCommitOfASharedScopeComparesItsNumber() {
    number.set(7);

    String result =
        locks.serially(
            WriteScope.TOKENS,
            _ -> number.get(),
            () -> {
              var _ = locks.commitShared(BATCH, this::engine);
              var _ = locks.commitShared(BATCH, this::engine);
              return "done";
            });

    assertThat(result).isEqualTo("done");
    assertThat(committed.stream().flatMap(each -> each.conditions().stream()))
        .containsExactly(
            new BatchCondition.ScopeAt(WriteScope.TOKENS, 7),
            new BatchCondition.ScopeAt(WriteScope.TOKENS, 8));
  }

  @Test
  void theOuterActionRunsAgainAfterAConflictInANestedOne() {
    var outer = new AtomicInteger();
    String result =
        locks.serially(
            WriteScope.TOKENS,
            _ -> number.get(),
            () -> {
              if (outer.incrementAndGet() < 3) {
                // Another node commits.
                number.incrementAndGet();
              }
              return locks.serially(
                  WriteScope.TOKENS,
                  _ -> -1,
                  () -> {
                    var _ = locks.commitShared(BATCH, this::engine);
                    return "done";
                  });
            });

    assertThat(result).isEqualTo("done");
    assertThat(outer).hasValue(3);
    assertThat(committed).hasSize(1);
  }

  @Test
  void anActionIsNotRepeatedForever() {
    var runs = new AtomicInteger();
    assertThatThrownBy(
            () ->
                locks.serially(
                    WriteScope.TOKENS,
                    _ -> number.get(),
                    () -> {
                      runs.incrementAndGet();
                      number.incrementAndGet();
                      return locks.commitShared(BATCH, this::engine);
                    }))
        .isInstanceOf(StoreException.class)
        .extracting(e -> ((StoreException) e).code())
        .isEqualTo(ErrorCode.STORE_CONFLICT);
    assertThat(runs).hasValue(10);
  }

  @Test
  void anotherFailureIsNotRepeated() {
    var runs = new AtomicInteger();
    assertThatThrownBy(
            () ->
                locks.serially(
                    WriteScope.TOKENS,
                    _ -> 0,
                    () -> {
                      runs.incrementAndGet();
                      throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "no reply", null);
                    }))
        .hasMessage("no reply");
    assertThat(runs).hasValue(1);
  }

  @Test
  void aCommitOutsideOfAScopeHasNoFurtherCondition() {
    var _ = locks.commitShared(BATCH, this::engine);
    String _ =
        locks.serially(
            WriteScope.TOKENS,
            () -> {
              var _ = locks.commit(BATCH, this::engine);
              return "local";
            });

    assertThat(committed).containsExactly(BATCH, BATCH);
  }

  @Test
  void aWaitForTheTurnOfACrateEndsAtItsLimit() throws Exception {
    CrateName serde = CrateName.parse("serde");
    var limited = new WriterLocks(Duration.ofMillis(50));
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> writer =
          threads.submit(
              () ->
                  limited.crate(
                      serde,
                      () -> {
                        begun.countDown();
                        return awaited(goOn);
                      }));
      begun.await();
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> limited.<String>crate(serde, () -> "too early"))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
          .hasMessageContaining("cannot use crate 'serde'");
      assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();

      goOn.countDown();
      assertThat(writer.get()).isTrue();
      assertThat(limited.<String>crate(serde, () -> "after it")).isEqualTo("after it");
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

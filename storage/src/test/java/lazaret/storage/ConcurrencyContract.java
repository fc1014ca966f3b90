package lazaret.storage;

import static lazaret.storage.Samples.id;
import static lazaret.storage.Samples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Access;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.desk.Batch.Write;
import lazaret.vetting.desk.Request;
import lazaret.vetting.desk.Store;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store owes to threads that read and write it at the same time.
public interface ConcurrencyContract {
  /// Opens a store that keeps its data in a folder.
  Store open(Path folder);

  private static void put(Store store, Write... writes) {
    store.commit(Batch.synced(List.of(writes)));
  }

  private static <T> List<T> all(Stream<T> stream) {
    try (stream) {
      return stream.toList();
    }
  }

  @Test
  default void streamsOneStateWhateverIsWrittenMeanwhile(@TempDir Path folder) {
    try (Store store = open(folder)) {
      for (int i = 0; i < 1000; i++) {
        store.commit(Batch.relaxed(List.of(new Write.Append(Samples.notice("before " + i)))));
      }
      try (Stream<LedgerEntry> ledger = store.ledger(0)) {
        put(store, new Write.Append(Samples.notice("after")));

        assertThat(ledger.mapToLong(LedgerEntry::sequence))
            .containsExactlyElementsOf(
                IntStream.rangeClosed(1, 1000).mapToObj(i -> (long) i).toList());
      }
    }
  }

  @Test
  default void losesNoCountUnderConcurrency(@TempDir Path folder) throws Exception {
    CrateId serde = id("serde", "1.0.0");
    try (Store store = open(folder)) {
      inParallel(
          64,
          _ -> {
            for (int i = 0; i < 10; i++) {
              store.commit(
                  Batch.relaxed(
                      List.of(
                          new Write.AddAccess(Samples.access(StoreContract.DAY, serde, "ci", 1)),
                          new Write.AddAccess(Samples.access(StoreContract.DAY, serde, "ci", 2)))));
            }
          });

      assertThat(all(store.accesses())).extracting(Access::count).containsExactly(64 * 10 * 3L);
    }
  }

  @Test
  default void hasNoForkUnderConcurrentCommits(@TempDir Path folder) throws Exception {
    try (Store store = open(folder)) {
      inParallel(
          64,
          i ->
              put(
                  store,
                  new Write.Append(Samples.approval(id("a", "1.0." + i), i)),
                  new Write.PutMeta("m" + i, Bytes.utf8("x"))));

      Sha256 previous = LedgerEntry.GENESIS;
      Set<CrateId> decided = new HashSet<>();
      long sequence = 0;
      for (LedgerEntry entry : all(store.ledger(0))) {
        assertThat(entry.sequence()).isEqualTo(++sequence);
        assertThat(entry.previous()).isEqualTo(previous);
        assertThat(entry.intact()).isTrue();
        previous = entry.hash();
      }
      store.decisions(name("a")).forEach(d -> decided.add(d.id()));
      assertThat(decided).hasSize(64);
      assertThat(sequence).isEqualTo(64);
      assertThat(store.checkEngine()).isEmpty();
    }
  }

  @Test
  default void showsABatchWhollyOrNotAtAll(@TempDir Path folder) throws Exception {
    var done = new AtomicBoolean();
    try (Store store = open(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer =
          threads.submit(
              () -> {
                for (int i = 0; i < 300; i++) {
                  // One access per batch in addition to two requests of one stream: a torn batch
                  // shows as two different counts in one walk.
                  store.commit(
                      Batch.relaxed(
                          List.of(
                              new Write.PutRequest(Samples.request(id("a", "1.0.0"), i)),
                              new Write.PutRequest(Samples.request(id("b", "1.0.0"), i)))));
                }
                done.set(true);
              });
      while (!done.get() && !writer.isDone()) {
        List<Long> counts = all(store.requests().map(Request::count));
        assertThat(new HashSet<>(counts)).hasSizeLessThanOrEqualTo(1);
        assertThat(counts.size()).isIn(0, 2);
      }
      writer.get();
    }
  }

  @Test
  default void letsWritersOfOneCrateTakeTurns(@TempDir Path folder) throws Exception {
    try (Store store = open(folder)) {
      var inside = new AtomicInteger();
      inParallel(
          64,
          i ->
              store.exclusively(
                  name(i % 2 == 0 ? "Foo-Bar" : "foo_bar"),
                  () -> {
                    assertThat(inside.incrementAndGet()).isEqualTo(1);
                    int count = store.meta("n").map(Bytes::text).map(Integer::parseInt).orElse(0);
                    put(store, new Write.PutMeta("n", Bytes.utf8(String.valueOf(count + 1))));
                    inside.decrementAndGet();
                    return count;
                  }));

      assertThat(store.meta("n")).contains(Bytes.utf8("64"));
    }
  }

  @Test
  default void refusesTheTurnOfASecondCrate(@TempDir Path folder) {
    try (Store store = open(folder)) {
      assertThat(
              store.<String>exclusively(
                  name("a"), () -> store.exclusively(name("A"), () -> "again")))
          .isEqualTo("again");
      assertThatThrownBy(
              () ->
                  store.<String>exclusively(
                      name("a"), () -> store.exclusively(name("b"), () -> "deadlock")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("cannot take the turn of b while holding that of a");
    }
  }

  /// Runs an action on a number of virtual threads at once and waits for all; the first failure is
  /// thrown.
  static void inParallel(int count, java.util.function.IntConsumer action) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        running.add(threads.submit(() -> action.accept(number)));
      }
      for (Future<?> task : running) {
        try {
          task.get();
        } catch (ExecutionException e) {
          throw new AssertionError(Arrays.toString(e.getStackTrace()), e.getCause());
        }
      }
    }
  }
}

package lazaret.storage.rocks;

import static lazaret.vetting.gate.fixture.StoreSamples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Closing during reads, walks and writes of other threads: a call into freed memory would crash
/// the process.
class StoreCloseTest {
  private static RocksStore filled(Path folder) {
    RocksStore store =
        RocksStore.open(
            folder.resolve("data"),
            RocksOptions.DEFAULT,
            Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC));
    List<Write> writes = new ArrayList<>();
    writes.add(new Write.PutArtifact(StoreSamples.artifact(1, 200_000)));
    writes.add(new Write.PutView(name("a"), StoreSamples.view("a\n".repeat(10_000))));
    for (int i = 0; i < 2000; i++) {
      writes.add(new Write.Append(StoreSamples.notice("n" + i)));
    }
    store.commit(Batch.relaxed(writes));
    return store;
  }

  @RepeatedTest(5)
  void survivesEveryCallThatRunsMeanwhile(@TempDir Path folder) throws Exception {
    RocksStore store = filled(folder);
    List<Runnable> calls =
        List.of(
            () -> assertThat(store.view(name("a"))).isPresent(),
            () ->
                assertThat(store.artifact(StoreSamples.artifact(1, 200_000).id().cksum()))
                    .isPresent(),
            () -> count(store),
            store::ledgerHead,
            () ->
                store.commit(Batch.relaxed(List.of(new Write.Append(StoreSamples.notice("more"))))),
            () ->
                store.commit(
                    Batch.synced(
                        List.of(new Write.DropToken(StoreSamples.token("x").secretHash())))),
            () -> assertThat(store.checkEngine()).isEmpty(),
            store::diskUsage);
    var running = new CountDownLatch(2 * calls.size());
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    for (Runnable call : calls) {
      Runnable loop = () -> untilClosed(call, running, failures);
      threads.add(Thread.ofVirtual().start(loop));
      threads.add(Thread.ofPlatform().start(loop));
    }
    running.await();

    store.close();

    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(openFiles(folder)).isEmpty();
  }

  /// Returns the files below a folder that this process has open.
  private static List<Path> openFiles(Path folder) throws IOException {
    Path real = folder.toRealPath();
    List<Path> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
        try {
          open.add(Files.readSymbolicLink(descriptor));
        } catch (NoSuchFileException _) {
          // It was closed meanwhile.
        }
      }
    }
    return open.stream().filter(file -> file.startsWith(real)).toList();
  }

  private static void count(RocksStore store) {
    try (Stream<LedgerEntry> ledger = store.ledger(0)) {
      assertThat(ledger.count()).isGreaterThanOrEqualTo(2000);
    }
  }

  private static void untilClosed(Runnable call, CountDownLatch running, List<Throwable> failures) {
    boolean first = true;
    try {
      while (true) {
        call.run();
        if (first) {
          running.countDown();
          first = false;
        }
      }
    } catch (StoreException e) {
      if (!String.valueOf(e.getMessage()).contains("it is closed")) {
        failures.add(e);
      }
    } catch (Throwable e) {
      failures.add(e);
    }
  }

  @Test
  void failsAStreamThatGoesOnAfterClosing(@TempDir Path folder) {
    RocksStore store = filled(folder);
    try (Stream<LedgerEntry> ledger = store.ledger(0)) {
      Iterator<LedgerEntry> entries = ledger.iterator();
      assertThat(entries.next().sequence()).isEqualTo(1);

      store.close();

      assertThatThrownBy(
              () -> {
                while (entries.hasNext()) {
                  assertThat(entries.next().intact()).isTrue();
                }
              })
          .isInstanceOf(StoreException.class)
          .hasMessage("cannot use the store: it is closed; open it again");
    }
  }

  @Test
  void closesWithoutWaitingForAStreamThatNobodyReads(@TempDir Path folder) {
    RocksStore store = filled(folder);
    Stream<LedgerEntry> forgotten = store.ledger(0);

    store.close();

    forgotten.close();
  }
}

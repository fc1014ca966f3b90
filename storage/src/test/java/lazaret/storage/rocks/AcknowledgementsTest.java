package lazaret.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import lazaret.storage.rocks.files.DiskSpace;
import lazaret.storage.rocks.files.HeadFile;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcknowledgementsTest {
  private static final Clock CLOCK = Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC);

  @TempDir private Path temp;

  private DataFolder folder;
  private DatabaseGuard engine;
  private Acknowledgements acknowledgements;

  /// The writers of the store; platform threads, as those of these tests, need none.
  private final DiskExecutor writers = new DiskExecutor("test-write-", 1);

  @BeforeEach
  void open() throws Exception {
    folder = DataFolder.claim(temp.toRealPath().resolve("data"));
    RocksOptions options = RocksOptions.DEFAULT;
    DiskSpace room = DiskSpace.of(folder.path(), options.minFreeBytes());
    DatabaseOpener.Opened opened = DatabaseOpener.take(folder, options, room, Instant.EPOCH);
    engine = new DatabaseGuard(folder.database(), options, room, opened);
    acknowledgements = new Acknowledgements(engine, opened.head(), writers, CLOCK);
  }

  @AfterEach
  void close() {
    acknowledgements.close();
    engine.close();
    writers.close();
    folder.close();
  }

  @Test
  void closingWaitsForTheCommitThatIsBeingRecorded() throws Exception {
    var begun = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    acknowledgements.ledgerCopy(
        (_, _) -> {
          begun.countDown();
          await(released);
        });
    FutureTask<Boolean> commit = onAThread(() -> record(1));
    await(begun);
    Thread closing = Thread.ofPlatform().start(acknowledgements::close);
    while (closing.isAlive() && closing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    assertThat(closing.isAlive()).as("closing ends only after the commit").isTrue();
    released.countDown();

    assertThat(commit.get(30, TimeUnit.SECONDS)).isTrue();
    closing.join();
    assertThat(recorded()).isEqualTo(1);
  }

  @Test
  void commitAfterClosingWritesNeitherTheHeadNorTheCopyOfTheLedger() {
    record(1);
    acknowledgements.close();
    acknowledgements.ledgerCopy(
        (_, _) -> {
          throw new AssertionError("the copy of the ledger was written");
        });

    assertThatThrownBy(() -> record(2))
        .isInstanceOf(StoreException.class)
        .hasMessage("cannot use the store: it is closed; open it again");
    assertThatThrownBy(() -> acknowledgements.accept(tip(3)))
        .isInstanceOf(StoreException.class)
        .hasMessage("cannot use the store: it is closed; open it again");

    assertThat(recorded()).isEqualTo(1);
  }

  private boolean record(long commit) {
    acknowledgements.written(tip(commit));
    acknowledgements.await(tip(commit));
    return true;
  }

  private Acknowledgements.Tip tip(long commit) {
    return new Acknowledgements.Tip(commit, 0, LedgerEntry.GENESIS, engine.generation());
  }

  private long recorded() {
    return HeadFile.in(folder.path()).head().orElseThrow().commit();
  }

  private static FutureTask<Boolean> onAThread(Callable<Boolean> work) {
    FutureTask<Boolean> task = new FutureTask<>(work);
    Thread.ofPlatform().start(task);
    return task;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package lazaret.storage.rocks;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static lazaret.vetting.gate.fixture.StoreSamples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// A file system of 96 MiB that fills up. Needs root, to mount it.
class StoreDiskFullTest {
  private static final int MIB = 1 << 20;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  private final List<VerifiedCrate> stored = new ArrayList<>();
  private long acknowledged;

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=96m", "lazaret-test", folder.toString()),
        "only root can mount a small file system");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-l", folder.toString());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  private RocksStore open(int minFree) {
    return RocksStore.open(
        folder.resolve("data"),
        RocksOptions.DEFAULT.withMinFreeBytes(minFree).withWriteBufferBytes(4 * MIB),
        Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC));
  }

  private Path ballast(long leave) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    return Files.write(folder.resolve("ballast"), new byte[(int) (free - leave)]);
  }

  private void store(RocksStore store, int size) {
    VerifiedCrate crate = StoreSamples.artifact(stored.size(), size);
    store.commit(Batch.synced(List.of(new Write.PutArtifact(crate))));
    stored.add(crate);
  }

  private void decide(RocksStore store) {
    acknowledged =
        store
            .commit(
                Batch.synced(List.of(new Write.Append(StoreSamples.approval(id("a", "1.0.0"), 1)))))
            .getFirst()
            .sequence();
  }

  private void assertAllIsThere(RocksStore store) {
    for (VerifiedCrate crate : stored) {
      assertThat(store.artifact(crate.id().cksum()).map(Sha256::of)).contains(crate.id().cksum());
    }
    Sha256 previous = LedgerEntry.GENESIS;
    long sequence = 0;
    try (Stream<LedgerEntry> ledger = store.ledger(0)) {
      for (LedgerEntry entry : ledger.toList()) {
        assertThat(entry.intact() && entry.previous().equals(previous)).isTrue();
        assertThat(entry.sequence()).isEqualTo(++sequence);
        previous = entry.hash();
      }
    }
    assertThat(sequence).isGreaterThanOrEqualTo(acknowledged);
    assertThat(store.decisions(name("a"))).hasSize((int) sequence);
    assertThat(store.checkEngine()).isEmpty();
  }

  /// Repeats an action until it succeeds, like a person who has freed some space. A flush that
  /// began before may still fail after a write has succeeded.
  private static void eventually(Runnable action) {
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (true) {
      try {
        action.run();
        return;
      } catch (StoreException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL);
        assertThat(System.nanoTime()).as("still " + e.getMessage()).isLessThan(end);
        LockSupport.parkNanos(100_000_000);
      }
    }
  }

  private static void assertDiskFull(Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOf(StoreException.class)
        .extracting(e -> ((StoreException) e).code())
        .isEqualTo(ErrorCode.DISK_FULL);
  }

  @Test
  void refusesArtifactsEarlyAndTakesDecisionsAllTheWhile() throws IOException {
    try (RocksStore store = open(32 * MIB)) {
      store(store, MIB);
      Path ballast = ballast(31L * MIB);

      assertDiskFull(() -> store(store, MIB));
      assertThat(store.diskUsage().admits()).isFalse();
      decide(store);
      store.commit(Batch.relaxed(List.of(new Write.PutMeta("x", Bytes.utf8("y")))));
      Files.delete(ballast);

      store(store, MIB);
      assertThat(store.diskUsage().admits()).isTrue();
      assertAllIsThere(store);
    }
  }

  @Test
  void servesOnAnEntirelyFullDiskAndRecoversByItself() throws IOException {
    try (RocksStore store = open(0)) {
      store(store, MIB);
      decide(store);
      Path ballast = ballast(200 << 10);
      assertDiskFull(
          () -> {
            while (true) {
              decide(store);
            }
          });

      assertThat(store.diskUsage().admits()).isFalse();
      assertDiskFull(
          () -> store.commit(Batch.relaxed(List.of(new Write.PutMeta("x", Bytes.EMPTY)))));
      assertDiskFull(() -> store(store, MIB));
      assertAllIsThere(store);
      Files.delete(ballast);

      eventually(() -> decide(store));
      eventually(() -> store(store, MIB));
      assertThat(store.diskUsage().admits()).isTrue();
      assertAllIsThere(store);
    }
    try (RocksStore again = open(0)) {
      assertAllIsThere(again);
    }
  }

  @Test
  void recoversAfterArtifactsFilledTheDisk() throws IOException {
    try (RocksStore store = open(0)) {
      Path ballast = ballast(66L * MIB);
      assertDiskFull(
          () -> {
            while (true) {
              store(store, 100_000);
            }
          });
      assertAllIsThere(store);
      Files.delete(ballast);

      eventually(() -> decide(store));
      eventually(() -> store(store, MIB));
      assertAllIsThere(store);
    }
    try (RocksStore again = open(0)) {
      assertAllIsThere(again);
    }
  }

  /// Writes until RocksDB stops writes, while nothing is flushed.
  private static void writeUntilStopped(OpenDatabase open, Duration patience) throws Exception {
    var value = new byte[100_000];
    new Random(1).nextBytes(value);
    for (int row = 0; row < 1000; row++) {
      try (var batch = new WriteBatch()) {
        batch.put(open.handle(ColumnFamily.META), RowKeys.sequence(row), value);
        open.write(batch, false, patience);
      }
    }
  }

  private OpenDatabase openDatabase() throws Exception {
    OpenDatabase open =
        OpenDatabase.open(
            folder.resolve("database"),
            RocksOptions.DEFAULT.withWriteBufferBytes(4 * MIB),
            OpenDatabase.Making.DATABASE,
            false);
    open.db.pauseBackgroundWork();
    return open;
  }

  @Test
  void aStoppedWriteFailsWhenTheDiskIsFull() throws Exception {
    try (OpenDatabase open = openDatabase()) {
      assertThatThrownBy(() -> writeUntilStopped(open, Duration.ZERO))
          .isInstanceOf(RocksDBException.class)
          .matches(e -> StoreFailures.isStalled((RocksDBException) e));
      ballast(0);
      var write = new FutureTask<>(() -> catchThrowable(() -> writeUntilStopped(open, MINUTE)));
      Thread writer = Thread.ofPlatform().daemon().start(write);
      assertThat(writer.join(Duration.ofMillis(200))).isFalse();
      open.db.continueBackgroundWork();

      assertThat(write.get(50, TimeUnit.SECONDS))
          .isInstanceOf(RocksDBException.class)
          .matches(e -> StoreFailures.isDiskFull((RocksDBException) e));
    }
  }

  @Test
  void aStoppedWriteContinuesWhenBuffersAreOnDisk() throws Exception {
    try (OpenDatabase open = openDatabase()) {
      assertThatThrownBy(() -> writeUntilStopped(open, Duration.ZERO))
          .isInstanceOf(RocksDBException.class);
      var write =
          new FutureTask<>(
              () -> {
                try (var batch = new WriteBatch()) {
                  batch.put(open.handle(ColumnFamily.META), new byte[] {1}, new byte[] {2});
                  open.write(batch, true, MINUTE);
                  return true;
                }
              });
      Thread writer = Thread.ofPlatform().daemon().start(write);
      assertThat(writer.join(Duration.ofMillis(200))).isFalse();
      open.db.continueBackgroundWork();

      assertThat(write.get(50, TimeUnit.SECONDS)).isTrue();
    }
  }
}

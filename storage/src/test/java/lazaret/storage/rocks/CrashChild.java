package lazaret.storage.rocks;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.StoreContract;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Store;

/// A process that commits until it is killed, and prints each acknowledged commit to standard
/// output: `ack SEQUENCE`. Arguments: data folder, number of writers, first number, number of
/// batches per writer.
///
/// The parts of each batch can be distinguished later: see [#batch].
final class CrashChild {
  private CrashChild() {}

  public static void main(String[] args) throws InterruptedException {
    int writers = Integer.parseInt(args[1]);
    int first = Integer.parseInt(args[2]);
    int count = Integer.parseInt(args[3]);
    try (RocksStore store = open(Path.of(args[0]))) {
      List<Thread> threads =
          IntStream.range(0, writers)
              .mapToObj(w -> Thread.ofVirtual().start(() -> write(store, w, first, count)))
              .toList();
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  /// Opens a store whose memory fills often, so that flushes and blob files are interrupted too.
  static RocksStore open(Path folder) {
    return RocksStore.open(
        folder,
        RocksOptions.DEFAULT.withWriteBufferBytes(1 << 20),
        Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC));
  }

  private static void write(Store store, int writer, int first, int count) {
    for (int i = first; i < first + count; i++) {
      if (i % 5 == 0) {
        // One commit that is acknowledged without a ledger entry, and one without a wait for the
        // disk.
        store.commit(Batch.synced(List.of(new Write.PutFeed(StoreSamples.feed("feed-" + writer)))));
        store.commit(
            Batch.relaxed(
                List.of(
                    new Write.PutView(
                        StoreSamples.name("fetched-" + writer), StoreSamples.view(i + "\n")))));
      }
      long sequence = store.commit(batch(writer, i)).getFirst().sequence();
      say("ack " + sequence + " " + writer + " " + i);
    }
  }

  @SuppressWarnings("SystemOut") // how the parent learns of it
  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  static String crate(int writer) {
    return "crate-" + writer;
  }

  static CrateId id(int writer, int number) {
    return StoreSamples.id(crate(writer), "1.0." + number);
  }

  static VerifiedCrate artifact(int writer, int number) {
    return StoreSamples.artifact(writer * 1_000_000 + number, 20_000);
  }

  /// Returns a decision on version `number`, an artifact, a small value, a verdict, a lockfile, a
  /// view that names the number, and one more access.
  static Batch batch(int writer, int number) {
    return Batch.synced(
        List.of(
            new Write.PutArtifact(artifact(writer, number)),
            new Write.Append(StoreSamples.approval(id(writer, number), number)),
            new Write.PutVerdict(StoreSamples.verdict(id(writer, number), number)),
            new Write.PutLockfile(
                StoreSamples.lockfile(writer + "-" + number, "app/Cargo.lock", 1)),
            new Write.PutMeta(writer + "-" + number, Bytes.utf8("x")),
            new Write.PutView(StoreSamples.name(crate(writer)), StoreSamples.view(number + "\n")),
            new Write.AddDownload(StoreSamples.access(StoreContract.DAY, id(writer, 0), "ci", 1))));
  }
}

package lazaret.storage.crash;

import java.util.List;
import java.util.stream.IntStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.StoreContract;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Store;

/// The commits of a process that is killed. It prints each acknowledged commit to standard output:
/// `ack SEQUENCE WRITER NUMBER`. The parts of each batch can be distinguished later: see [#batch].
public final class CrashWrites {
  private CrashWrites() {}

  /// Commits batches of several writers at the same time.
  ///
  /// @param first the number of the first batch of each writer
  /// @param count the number of batches of each writer
  public static void run(Store store, int writers, int first, int count)
      throws InterruptedException {
    List<Thread> threads =
        IntStream.range(0, writers)
            .mapToObj(w -> Thread.ofVirtual().start(() -> write(store, w, first, count)))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
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

  public static String crate(int writer) {
    return "crate-" + writer;
  }

  public static CrateId id(int writer, int number) {
    return StoreSamples.id(crate(writer), "1.0." + number);
  }

  public static VerifiedCrate artifact(int writer, int number) {
    return StoreSamples.artifact(writer * 1_000_000 + number, 20_000);
  }

  /// Returns the writes of one step: a decision on version `number`, an artifact with its use, and
  /// a small value. A verdict, a lockfile, a view that names the number, and one more access
  /// follow.
  public static Batch batch(int writer, int number) {
    return Batch.synced(
        List.of(
            new Write.PutArtifact(artifact(writer, number)),
            new Write.Append(StoreSamples.approval(id(writer, number), number)),
            new Write.PutVerdict(StoreSamples.verdict(id(writer, number), number)),
            new Write.PutLockfile(
                StoreSamples.lockfile(writer + "-" + number, "app/Cargo.lock", 1)),
            new Write.PutMeta(writer + "-" + number, Bytes.utf8("x")),
            new Write.PutView(StoreSamples.name(crate(writer)), StoreSamples.view(number + "\n")),
            new Write.AddDownload(StoreSamples.access(StoreContract.DAY, id(writer, 0), "ci", 1)),
            new Write.PutUse(
                new ArtifactUse(artifact(writer, number).id().cksum(), StoreContract.DAY))));
  }
}

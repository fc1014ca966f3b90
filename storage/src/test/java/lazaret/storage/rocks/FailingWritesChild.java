package lazaret.storage.rocks;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.StoreException;

/// A process that commits every 50 ms until it is killed and prints each result: `ok SEQUENCE`, or
/// the code of the failure. Argument: data folder.
final class FailingWritesChild {
  private FailingWritesChild() {}

  @SuppressWarnings("SystemOut") // how the parent learns of it
  public static void main(String[] args) {
    try (RocksStore store = CrashChild.open(Path.of(args[0]))) {
      while (true) {
        try {
          var entry =
              store
                  .commit(Batch.synced(List.of(new Write.Append(StoreSamples.notice("x")))))
                  .getFirst();
          System.out.println("ok " + entry.sequence());
        } catch (StoreException e) {
          System.out.println(e.code().code() + " head " + store.ledgerHead().isPresent());
        }
        System.out.flush();
        LockSupport.parkNanos(50_000_000);
      }
    }
  }
}

package lazaret.storage.rocks;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import lazaret.storage.Samples;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.desk.Batch.Write;
import lazaret.vetting.desk.StoreException;

/// Commits every 50 ms until it is killed and says how each went: `ok SEQUENCE`, or the failure's
/// code. Argument: data folder.
final class FailingWritesChild {
  private FailingWritesChild() {}

  @SuppressWarnings("SystemOut") // how the parent learns of it
  public static void main(String[] args) {
    try (RocksStore store = CrashChild.open(Path.of(args[0]))) {
      while (true) {
        try {
          var entry =
              store.commit(Batch.synced(List.of(new Write.Append(Samples.notice("x"))))).getFirst();
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

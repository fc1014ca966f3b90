package lazaret.storage.rocks;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import lazaret.storage.BackupContract;
import lazaret.storage.ConcurrencyContract;
import lazaret.storage.CountsContract;
import lazaret.storage.HindsightContract;
import lazaret.storage.LedgerContract;
import lazaret.storage.Samples;
import lazaret.storage.SnapshotContract;
import lazaret.storage.StoreContract;
import lazaret.vetting.desk.Store;

class RocksStoreTest
    implements StoreContract,
        LedgerContract,
        ConcurrencyContract,
        CountsContract,
        HindsightContract,
        SnapshotContract,
        BackupContract {
  @Override
  public Store open(Path folder) {
    return at(folder.resolve("data"));
  }

  @Override
  public Store restore(Path backup, Path folder) {
    RocksStore.restore(backup, folder.resolve("data"));
    return open(folder);
  }

  private static Store at(Path folder) {
    return RocksStore.open(folder, RocksOptions.DEFAULT, Clock.fixed(Samples.NOON, ZoneOffset.UTC));
  }
}

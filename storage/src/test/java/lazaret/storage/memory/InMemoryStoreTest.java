package lazaret.storage.memory;

import java.nio.file.Path;
import lazaret.storage.BackupContract;
import lazaret.storage.ConcurrencyContract;
import lazaret.storage.CountsContract;
import lazaret.storage.HindsightContract;
import lazaret.storage.LedgerContract;
import lazaret.storage.SnapshotContract;
import lazaret.storage.StoreContract;
import lazaret.storage.backup.BackupReader;
import lazaret.vetting.desk.Store;

class InMemoryStoreTest
    implements StoreContract,
        LedgerContract,
        ConcurrencyContract,
        CountsContract,
        HindsightContract,
        SnapshotContract,
        BackupContract {
  @Override
  public Store open(Path folder) {
    return new InMemoryStore();
  }

  @Override
  public Store restore(Path backup, Path folder) {
    var store = new InMemoryStore();
    BackupReader.restore(backup, store);
    return store;
  }
}

package lazaret.storage.memory;

import java.nio.file.Path;
import lazaret.storage.ConcurrencyContract;
import lazaret.storage.CountsContract;
import lazaret.storage.HindsightContract;
import lazaret.storage.LedgerContract;
import lazaret.storage.SnapshotContract;
import lazaret.storage.StoreContract;
import lazaret.vetting.desk.Store;

class InMemoryStoreTest
    implements StoreContract,
        LedgerContract,
        ConcurrencyContract,
        CountsContract,
        HindsightContract,
        SnapshotContract {
  @Override
  public Store open(Path folder) {
    return new InMemoryStore();
  }
}

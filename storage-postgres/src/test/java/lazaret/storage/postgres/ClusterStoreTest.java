package lazaret.storage.postgres;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lazaret.storage.backup.BackupContract;
import lazaret.storage.backup.BackupReader;
import lazaret.storage.postgres.fixture.ClusterStores;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.vetting.gate.fixture.ConcurrencyContract;
import lazaret.vetting.gate.fixture.DeskRowsContract;
import lazaret.vetting.gate.fixture.LeaseContract;
import lazaret.vetting.gate.fixture.LedgerContract;
import lazaret.vetting.gate.fixture.RowCountsContract;
import lazaret.vetting.gate.fixture.SharedStoreContract;
import lazaret.vetting.gate.fixture.SnapshotContract;
import lazaret.vetting.gate.fixture.StoreContract;
import lazaret.vetting.gate.fixture.VerdictLogContract;
import lazaret.vetting.gate.store.Store;

/// The contracts of every store, and those of a store that nodes share, with real nodes: beats,
/// leases, and artifacts as objects of a folder.
class ClusterStoreTest
    implements StoreContract,
        LedgerContract,
        ConcurrencyContract,
        RowCountsContract,
        DeskRowsContract,
        VerdictLogContract,
        SnapshotContract,
        BackupContract,
        LeaseContract,
        SharedStoreContract {
  private final Map<Path, ClusterStores> folders = new ConcurrentHashMap<>();

  @Override
  public Store open(Path folder) {
    return open(folder, "only");
  }

  @Override
  public Store open(Path folder, String node) {
    return folders
        .computeIfAbsent(folder, each -> ClusterStores.on(PostgresServer.shared(), each))
        .open(node)
        .store();
  }

  /// Restores into another database each time, since a restore that failed leaves data behind.
  @Override
  public Store restore(Path backup, Path folder) {
    folders.put(folder, ClusterStores.on(PostgresServer.shared(), folder));
    Store store = open(folder);
    try {
      BackupReader.restore(backup, store);
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }
}

package lazaret.storage.postgres;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lazaret.storage.backup.ArchiveContract;
import lazaret.storage.backup.BackupContract;
import lazaret.storage.backup.BackupReader;
import lazaret.storage.postgres.fixture.OpenStore;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.vetting.gate.fixture.ArtifactUseContract;
import lazaret.vetting.gate.fixture.ConcurrencyContract;
import lazaret.vetting.gate.fixture.DeskRowsContract;
import lazaret.vetting.gate.fixture.LedgerContract;
import lazaret.vetting.gate.fixture.RowCountsContract;
import lazaret.vetting.gate.fixture.SnapshotContract;
import lazaret.vetting.gate.fixture.StoreContract;
import lazaret.vetting.gate.fixture.VerdictLogContract;
import lazaret.vetting.gate.store.Store;

/// The contracts of every store on a server of PostgreSQL. A folder has a database of its own.
class PostgresStoreTest
    implements StoreContract,
        LedgerContract,
        ConcurrencyContract,
        RowCountsContract,
        DeskRowsContract,
        VerdictLogContract,
        ArtifactUseContract,
        SnapshotContract,
        BackupContract,
        ArchiveContract {
  private final Map<Path, String> databases = new ConcurrentHashMap<>();

  @Override
  public Store open(Path folder) {
    PostgresServer server = PostgresServer.shared();
    String database = databases.computeIfAbsent(folder, _ -> server.newDatabase());
    return OpenStore.open(server.settings(database), folder.resolve("objects")).store();
  }

  /// Restores into another database each time, since a restore that failed leaves data behind.
  @Override
  public Store restore(Path backup, Path folder) {
    databases.put(folder, PostgresServer.shared().newDatabase());
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

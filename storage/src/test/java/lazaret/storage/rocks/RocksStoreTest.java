package lazaret.storage.rocks;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import lazaret.storage.backup.ArchiveContract;
import lazaret.storage.backup.BackupContract;
import lazaret.vetting.gate.fixture.ArtifactUseContract;
import lazaret.vetting.gate.fixture.ConcurrencyContract;
import lazaret.vetting.gate.fixture.DeskRowsContract;
import lazaret.vetting.gate.fixture.LeaseContract;
import lazaret.vetting.gate.fixture.LedgerContract;
import lazaret.vetting.gate.fixture.RowCountsContract;
import lazaret.vetting.gate.fixture.SnapshotContract;
import lazaret.vetting.gate.fixture.StoreContract;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.fixture.VerdictLogContract;
import lazaret.vetting.gate.store.Store;

class RocksStoreTest
    implements StoreContract,
        LedgerContract,
        ConcurrencyContract,
        RowCountsContract,
        DeskRowsContract,
        VerdictLogContract,
        ArtifactUseContract,
        SnapshotContract,
        LeaseContract,
        BackupContract,
        ArchiveContract {
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
    return RocksStore.open(
        folder, RocksOptions.DEFAULT, Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC));
  }
}

package lazaret.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import lazaret.storage.backup.ArchiveContract;
import lazaret.storage.backup.BackupContract;
import lazaret.storage.backup.BackupReader;
import lazaret.storage.postgres.fixture.OpenStore;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.fixture.ArtifactUseContract;
import lazaret.vetting.gate.fixture.ConcurrencyContract;
import lazaret.vetting.gate.fixture.DeskRowsContract;
import lazaret.vetting.gate.fixture.LedgerContract;
import lazaret.vetting.gate.fixture.RowCountsContract;
import lazaret.vetting.gate.fixture.SnapshotContract;
import lazaret.vetting.gate.fixture.StoreContract;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.fixture.VerdictLogContract;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void backupLeavesOutWhatTheObjectStoreLacks(@TempDir Path folder) throws IOException {
    Path backup = folder.resolve("backup");
    Path objects = folder.resolve("a/objects");
    VerifiedCrate kept = StoreSamples.artifact(1, 100);
    VerifiedCrate lost = StoreSamples.artifact(2, 100);
    try (Store store = open(folder.resolve("a"))) {
      store.commit(
          Batch.synced(
              List.of(
                  new Batch.Write.PutArtifact(kept),
                  new Batch.Write.PutArtifact(lost),
                  new Batch.Write.Append(StoreSamples.notice("a decision")))));
      try (Stream<Path> files = Files.list(objects)) {
        String beginning = objects.resolve(lost.id().cksum().hex()).toString();
        Files.delete(
            files.filter(file -> file.toString().startsWith(beginning)).findFirst().orElseThrow());
      }

      assertThat(store.backup(backup)).isEqualTo(1);
    }
    try (Store restored = restore(backup, folder.resolve("b"))) {
      assertThat(restored.artifact(kept.id().cksum())).contains(kept.bytes());
      assertThat(restored.hasArtifact(lost.id().cksum())).isFalse();
      assertThat(restored.ledgerHead().orElseThrow().sequence()).isEqualTo(1);
    }
  }
}

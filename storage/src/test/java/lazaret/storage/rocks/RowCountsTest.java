package lazaret.storage.rocks;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static lazaret.vetting.gate.fixture.StoreSamples.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/// Reliability finding F11: `status` counted by decoding every crate.
class RowCountsTest {
  private static final Store.Counts COUNTS = new Store.Counts(3, 1, 1);

  private static RocksStore open(Path folder) {
    return RocksStore.open(folder, RocksOptions.DEFAULT, Clock.systemUTC());
  }

  private static void fill(Path folder) {
    try (Store store = open(folder)) {
      store.commit(
          Batch.synced(
              List.of(
                  new Write.PutFreshness(name("a"), StoreSamples.freshness("1")),
                  new Write.PutFreshness(name("b"), StoreSamples.freshness("1")),
                  new Write.PutFreshness(name("c"), StoreSamples.freshness("1")),
                  new Write.PutArtifact(StoreSamples.artifact(1, 300)),
                  new Write.PutRequest(StoreSamples.request(id("a", "1.0.0"), 1)))));
      assertThat(store.counts()).isEqualTo(COUNTS);
    }
  }

  /// Changes the counts without the store.
  private interface Tampering {
    void on(OpenDatabase open) throws RocksDBException;
  }

  private static void tamper(Path folder, Tampering tampering) throws RocksDBException {
    DataFolder claimed = DataFolder.claim(folder);
    try (OpenDatabase open =
        OpenDatabase.open(
            claimed.database(), RocksOptions.DEFAULT, OpenDatabase.Making.NOTHING, false)) {
      tampering.on(open);
    } finally {
      claimed.close();
    }
  }

  @Test
  void survivesARestart(@TempDir Path folder) {
    fill(folder);
    try (Store store = open(folder)) {
      assertThat(store.counts()).isEqualTo(COUNTS);
      store.commit(
          Batch.relaxed(List.of(new Write.PutFreshness(name("a"), StoreSamples.freshness("2")))));
      assertThat(store.counts()).isEqualTo(COUNTS);
      assertThat(store.checkEngine()).isEmpty();
    }
  }

  @Test
  void countsAStoreOfAnEarlierVersionAtItsFirstOpening(@TempDir Path folder) throws Exception {
    fill(folder);
    tamper(
        folder,
        open -> {
          for (ColumnFamily family :
              List.of(ColumnFamily.FRESHNESS, ColumnFamily.HELD, ColumnFamily.REQUESTS)) {
            open.db.delete(open.handle(ColumnFamily.COUNTS), family.labelBytes());
          }
        });

    try (Store store = open(folder)) {
      assertThat(store.counts()).isEqualTo(COUNTS);
      assertThat(store.checkEngine()).isEmpty();
    }
  }

  @Test
  void namesAndCorrectsAWrongCount(@TempDir Path folder) throws Exception {
    fill(folder);
    tamper(
        folder,
        open ->
            open.db.merge(
                open.handle(ColumnFamily.COUNTS),
                ColumnFamily.HELD.labelBytes(),
                RowCounts.sum(41)));

    try (Store store = open(folder)) {
      assertThat(store.counts().artifacts()).isEqualTo(42);
      assertThat(store.checkEngine())
          .containsExactly(
              "the count of family held was 42, and there are 1 rows; it is right now");
      assertThat(store.counts()).isEqualTo(COUNTS);
      assertThat(store.checkEngine()).isEmpty();
    }
  }
}

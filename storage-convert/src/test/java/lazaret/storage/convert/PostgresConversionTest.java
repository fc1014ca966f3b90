package lazaret.storage.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import lazaret.storage.postgres.fixture.ClusterStores;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.testkit.ManualClock;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Conversions between RocksDB and PostgreSQL with objects in a folder.
class PostgresConversionTest {
  @TempDir Path folder;

  /// Returns stores on a new database. The test is skipped without PostgreSQL.
  private ClusterStores cluster() {
    return ClusterStores.on(PostgresServer.shared(), folder);
  }

  private Store rocks(String name) {
    return RocksStore.open(
        folder.resolve(name),
        RocksOptions.DEFAULT.withMinFreeBytes(0),
        new ManualClock(StoreSamples.NOON));
  }

  @Test
  void convertsThereAndBack() {
    ClusterStores cluster = cluster();
    try (Store first = rocks("first")) {
      ConversionSamples.fill(first);
      ConversionReport there;
      try (Store target = cluster.open("vetting-cli").store()) {
        there = StoreConversion.run(first, target);

        StoreConversionTest.requireEqual(first, target);
      }
      try (Store source = cluster.open("vetting-cli").store();
          Store last = rocks("last")) {
        assertThat(StoreConversion.run(source, last)).isEqualTo(there);

        StoreConversionTest.requireEqual(first, last);
      }
    }
  }

  @Test
  void continuesAfterAReplyThatWasLost() {
    try (Store source = rocks("source")) {
      ConversionSamples.fill(source);
      for (int commits = 2; commits < 18; commits += 5) {
        try (Store target = cluster().open("vetting-cli").store()) {
          Store failing =
              ConversionSamples.failing(target, commits, ConversionSamples.Failure.AFTER);
          assertThatThrownBy(() -> StoreConversion.run(source, failing))
              .isInstanceOf(StoreException.class)
              .hasMessage("the connection was lost");
          StoreConversion.run(source, target);

          StoreConversionTest.requireEqual(source, target);
        }
      }
    }
  }

  @Test
  void refusesADatabaseOnWhichAServerWorks() {
    ClusterStores cluster = cluster();
    try (Store source = rocks("source");
        Store _ = cluster.open("a").store();
        Store target = cluster.open("vetting-cli").store()) {
      assertThatThrownBy(() -> StoreConversion.run(source, target))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("found the nodes a, vetting-cli;")
          .extracting(e -> ((StoreException) e).code())
          .isEqualTo(ErrorCode.STORE_UNUSABLE);
    }
  }
}

package lazaret.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import lazaret.storage.files.FileTrees;
import lazaret.storage.rocks.files.HeadFile;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.StoreFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;

/// Acknowledged writes that a store has lost with its database, or whose record of the last write
/// is older, damaged or of an earlier version.
class DatabaseLossTest extends LossScene {
  @Test
  void olderDatabasePutBack() throws IOException {
    try (RocksStore store = open(live)) {
      for (int i = 1; i <= 7; i++) {
        decide(store, i);
      }
    }
    copy(live, temp.resolve("older"));
    try (RocksStore store = open(live)) {
      for (int i = 8; i <= DECISIONS; i++) {
        decide(store, i);
      }
    }
    copy(live, crashed);
    FileTrees.delete(crashed.resolve("store"));
    copy(temp.resolve("older/store"), crashed.resolve("store"));

    assertLost(7);
  }

  @Test
  void olderManifestPutBack() throws IOException {
    Path older = temp.resolve("older");
    try (RocksStore store = open(live)) {
      for (int i = 1; i <= 7; i++) {
        decide(store, i);
      }
    }
    try (RocksStore store = open(live)) {
      copy(live, older);
      for (int i = 8; i <= DECISIONS; i++) {
        decide(store, i);
      }
    }
    copy(live, crashed);
    String manifest = Files.readString(older.resolve("store/CURRENT")).strip();
    for (String file : List.of("CURRENT", manifest)) {
      Files.copy(
          older.resolve("store").resolve(file),
          crashed.resolve("store").resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }

    // After an opening, the database would delete the tables that the older list lacks.
    assertThatThrownBy(() -> open(crashed)).hasMessageContaining("fsck --repair");
    assertThat(StoreRepair.run(crashed, java.time.Clock.systemUTC()).lost()).isEmpty();
    try (RocksStore store = open(crashed)) {
      assertThat(store.condition().withholds()).isFalse();
      assertThat(store.ledgerHead().orElseThrow().sequence()).isEqualTo(DECISIONS);
    }
  }

  @Test
  void otherLedgerOfTheSameLength() throws IOException {
    crash();
    Path other = temp.resolve("other");
    try (RocksStore store = open(other)) {
      for (int i = 1; i <= DECISIONS; i++) {
        decide(store, i + 1);
      }
    }
    FileTrees.delete(crashed.resolve("store"));
    copy(other.resolve("store"), crashed.resolve("store"));

    try (RocksStore store = open(crashed)) {
      assertThat(store.condition().faults())
          .singleElement()
          .isInstanceOf(StoreFault.LedgerAltered.class);
      assertThat(store.condition().withholds()).isTrue();
    }
    accept(DECISIONS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "damaged", "empty"})
  void headFile(String how) throws IOException {
    crash();
    Path head = crashed.resolve("lazaret-head");
    switch (how) {
      case "missing" -> Files.delete(head);
      case "empty" -> truncate(head, 0);
      default -> {
        flip(head, 0.001);
        flip(head, 0.501);
      }
    }

    try (RocksStore store = open(crashed)) {
      assertThat(store.condition().loss())
          .isEqualTo(
              "the record of the last acknowledged write is %s, so a loss cannot be excluded"
                  .formatted(how.equals("missing") ? "missing" : "damaged"));
    }
    accept(DECISIONS);
  }

  @Test
  void tornSlotOfTheHeadFileIsNoLoss() throws IOException {
    crash();
    flip(crashed.resolve("lazaret-head"), 0.001);

    assertSound(DECISIONS);
  }

  @Test
  void olderHeadFileIsNoLoss() throws IOException {
    try (RocksStore store = open(live)) {
      decide(store, 1);
      Files.copy(live.resolve("lazaret-head"), temp.resolve("head"));
      for (int i = 2; i <= DECISIONS; i++) {
        decide(store, i);
      }
      copy(live, crashed);
    }
    Files.copy(
        temp.resolve("head"), crashed.resolve("lazaret-head"), StandardCopyOption.REPLACE_EXISTING);

    assertSound(DECISIONS);
  }

  @Test
  void storeOfAnEarlierVersionIsAdopted() throws Exception {
    try (RocksStore store = open(live)) {
      decide(store);
    }
    copy(live, crashed);
    Files.delete(crashed.resolve("lazaret-head"));
    dropCommits();

    assertSound(DECISIONS);
    assertThat(lines)
        .containsExactly(
            "the last acknowledged write is recorded outside of the database from ledger entry 20 on");
    assertSound(DECISIONS + 1);
  }

  @Test
  void olderDatabaseOfAnEarlierVersionIsNotAdopted() throws Exception {
    crash();
    dropCommits();
    truncateLedger();

    try (RocksStore store = open(crashed)) {
      assertThat(store.condition().withholds()).isTrue();
    }
  }

  private void dropCommits() throws Exception {
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY));
    families.add(new ColumnFamilyDescriptor(ColumnFamily.COMMITS.labelBytes()));
    for (ColumnFamily family : ColumnFamily.values()) {
      if (family != ColumnFamily.COMMITS) {
        families.add(new ColumnFamilyDescriptor(family.labelBytes()));
      }
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (var options = new DBOptions();
        RocksDB db =
            RocksDB.open(options, crashed.resolve("store").toString(), families, handles)) {
      db.dropColumnFamily(handles.get(1));
      handles.forEach(ColumnFamilyHandle::close);
    }
  }

  private void truncateLedger() throws Exception {
    try (OpenDatabase open =
        OpenDatabase.open(
            crashed.resolve("store"), RocksOptions.DEFAULT, OpenDatabase.Making.FAMILIES, false)) {
      open.db.delete(open.handle(ColumnFamily.LEDGER), RowKeys.sequence(DECISIONS));
    }
  }

  @Test
  void databaseAndMarkerGone() throws IOException {
    crash();
    Files.delete(crashed.resolve("lazaret-store"));
    FileTrees.delete(crashed.resolve("store"));

    assertThatThrownBy(() -> open(crashed))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("its database 'store' is missing");
  }

  @Test
  void restoreSetsTheHead() throws IOException {
    Path backup = temp.resolve("backup");
    try (RocksStore store = open(live)) {
      decide(store);
      store.backup(backup);
    }

    RocksStore.restore(backup, crashed);
    assertThat(HeadFile.in(crashed).head().orElseThrow().sequence()).isEqualTo(DECISIONS);
    Path copy = temp.resolve("copy");
    copy(crashed, copy);
    assertSound(DECISIONS);

    FileTrees.delete(crashed.resolve("store"));
    copy(copy.resolve("store"), crashed.resolve("store"));
    try (RocksStore store = open(crashed)) {
      assertThat(store.condition().withholds()).isTrue();
    }
  }
}

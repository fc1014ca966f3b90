package lazaret.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import lazaret.storage.PrivateFiles;
import lazaret.storage.Samples;
import lazaret.storage.files.FileTrees;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.desk.Batch.Write;
import lazaret.vetting.desk.StoreException;
import lazaret.vetting.gate.store.StoreFault;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// Acknowledged writes that a store has lost when it is opened. A copy of the files of an open
/// store is the state that a `kill -9` leaves.
class LossTest {
  private static final int DECISIONS = 20;
  private static final Instant MOMENT = Samples.NOON.truncatedTo(ChronoUnit.MILLIS);

  @TempDir private Path temp;

  private Path live = Path.of("");
  private Path crashed = Path.of("");

  /// A strong reference, because the logging system keeps none.
  private final Logger log = Logger.getLogger(Opening.class.getName());

  private final List<String> lines = new ArrayList<>();

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() throws IOException {
    live = temp.toRealPath().resolve("live");
    crashed = temp.toRealPath().resolve("crashed");
    log.addHandler(handler);
  }

  @AfterEach
  void unlisten() {
    log.removeHandler(handler);
  }

  private static RocksStore open(Path folder) {
    return RocksStore.open(folder, RocksOptions.DEFAULT, Clock.fixed(Samples.NOON, ZoneOffset.UTC));
  }

  private static void decide(RocksStore store, int number) {
    store.commit(
        Batch.synced(
            List.of(new Write.Append(Samples.approval(Samples.id("a", "1.0." + number), number)))));
  }

  private static void decide(RocksStore store) {
    for (int i = 1; i <= DECISIONS; i++) {
      decide(store, i);
    }
  }

  /// Makes twenty decisions and copies the files as a kill leaves them.
  private void crash() throws IOException {
    try (RocksStore store = open(live)) {
      decide(store);
      copy(live, crashed);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    FileTrees.delete(to);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          PrivateFiles.createFolders(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private static Path log(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("store"))) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .max(Comparator.comparing(Path::toString))
          .orElseThrow();
    }
  }

  private static void flip(Path file, double part) throws IOException {
    try (var data = new RandomAccessFile(file.toFile(), "rw")) {
      long at = (long) (data.length() * part);
      data.seek(at);
      int old = data.read();
      data.seek(at);
      data.write(old ^ 0x40);
    }
  }

  private static void truncate(Path file, long length) throws IOException {
    try (var data = new RandomAccessFile(file.toFile(), "rw")) {
      data.setLength(length);
    }
  }

  private static List<LedgerEntry> ledger(RocksStore store) {
    try (Stream<LedgerEntry> all = store.ledger(0)) {
      return all.toList();
    }
  }

  private void assertSound(int entries) {
    try (RocksStore store = open(crashed)) {
      assertThat(store.condition().faults()).isEmpty();
      assertThat(ledger(store)).hasSize(entries);
      decide(store, 99);
    }
    assertThat(crashed.resolve("store.before")).doesNotExist();
  }

  /// Asserts that the store names the loss, withholds, still reads, and reports the loss after a
  /// restart, until it is accepted.
  private void assertLost(int survived) {
    for (int start = 1; start <= 2; start++) {
      try (RocksStore store = open(crashed)) {
        assertThat(store.condition().withholds()).isTrue();
        assertThat(store.condition().faults().getFirst())
            .isInstanceOfSatisfying(
                StoreFault.WritesMissing.class,
                missing ->
                    assertThat(missing.entries())
                        .isEqualTo(new StoreFault.Range(survived + 1, DECISIONS)));
        assertThat(ledger(store)).hasSize(survived);
        assertThatThrownBy(() -> decide(store, 50))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("vetting-cli fsck --accept-loss")
            .extracting(e -> ((StoreException) e).code())
            .isEqualTo(ErrorCode.STORE_LOSS);
        assertThatThrownBy(
                () -> store.commit(Batch.relaxed(List.of(new Write.PutMeta("x", Bytes.utf8("y"))))))
            .isInstanceOf(StoreException.class);
      }
    }
    assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("the store lost acknowledged"));
    assertThat(crashed.resolve("store.before")).exists();
    accept(survived);
  }

  private void accept(int survived) {
    try (RocksStore store = open(crashed)) {
      var notice =
          new Notice(
              Notice.Kind.LOSS_ACCEPTED,
              Instant.EPOCH,
              "alice",
              null,
              null,
              store.condition().loss());
      assertThat(store.acceptLoss(notice).orElseThrow().sequence()).isEqualTo(survived + 1);
      assertThat(store.condition().withholds()).isFalse();
      decide(store, 60);
      assertThat(store.acceptLoss(notice)).isEmpty();
    }
    assertSound(survived + 2);
    assertSound(survived + 3);
  }

  @Test
  void killedAfterAcknowledgedDecisions() throws IOException {
    crash();

    assertSound(DECISIONS);
    assertThat(lines).isEmpty();
  }

  @Test
  void tornTailOfTheLogIsOneLineAndTheStartGoesOn() throws IOException {
    try (RocksStore store = open(live)) {
      decide(store);
      copy(live, crashed);
      long acknowledged = Files.size(log(live));
      decide(store, 77);
      Files.copy(log(live), log(crashed), StandardCopyOption.REPLACE_EXISTING);
      truncate(log(crashed), (acknowledged + Files.size(log(live))) / 2);
    }

    assertSound(DECISIONS);
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("the log '")
        .endsWith("; no acknowledged write is missing");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.30, 0.60, 0.95})
  void logFlippedInTheMiddle(double part) throws IOException {
    crash();
    long length = Files.size(log(crashed));
    flip(log(crashed), part);

    // Each decision takes about as much of the log; the family's first record comes before.
    int survived;
    Path probe = temp.resolve("probe");
    copy(crashed, probe);
    try (RocksStore store = open(probe)) {
      survived = ledger(store).size();
    }
    lines.clear();
    assertThat(survived).isBetween((int) (part * DECISIONS) - 3, (int) (part * DECISIONS) + 1);
    assertThat(length).isPositive();
    assertLost(survived);
    assertThat(lines.getFirst()).contains("; the log '").contains("' is readable up to byte ");
  }

  @Test
  void logDeleted() throws IOException {
    crash();
    Files.delete(log(crashed));

    assertLost(0);
  }

  @Test
  void logTruncatedAtTheEndOfARecord() throws IOException {
    long end;
    try (RocksStore store = open(live)) {
      for (int i = 1; i <= 12; i++) {
        decide(store, i);
      }
      end = Files.size(log(live));
      for (int i = 13; i <= DECISIONS; i++) {
        decide(store, i);
      }
      copy(live, crashed);
    }
    truncate(log(crashed), end);

    assertLost(12);
  }

  @Test
  void logEmptied() throws IOException {
    crash();
    truncate(log(crashed), 0);

    assertLost(0);
  }

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
  void logMissingInTheMiddle() throws IOException {
    try (RocksStore store = open(live)) {
      decide(store);
      copy(live, crashed);
    }
    // A gap as a missing log leaves it: its commits have neither row nor entry.
    try (OpenDatabase open =
        OpenDatabase.open(
            crashed.resolve("store"), RocksOptions.DEFAULT, OpenDatabase.Making.NOTHING, false)) {
      for (long commit = 9; commit <= 12; commit++) {
        open.db.delete(open.handle(Family.COMMITS), Keys.sequence(commit));
        open.db.delete(open.handle(Family.LEDGER), Keys.sequence(commit));
      }
    } catch (RocksDBException e) {
      throw new IOException(e);
    }

    try (RocksStore store = open(crashed)) {
      assertThat(store.condition().faults())
          .singleElement()
          .isInstanceOfSatisfying(
              StoreFault.WritesMissing.class,
              missing -> {
                assertThat(missing.entries()).isEqualTo(new StoreFault.Range(9, 12));
                assertThat(missing.commits()).isEqualTo(new StoreFault.Range(9, 12));
              });
    }
  }

  @Test
  void writesWithoutALedgerEntryCount() throws IOException {
    try (RocksStore store = open(live)) {
      decide(store);
      copy(live, crashed);
      store.commit(Batch.synced(List.of(new Write.PutMeta("mark", Bytes.utf8("1")))));
      Files.copy(
          live.resolve("lazaret-head"),
          crashed.resolve("lazaret-head"),
          StandardCopyOption.REPLACE_EXISTING);
    }

    try (RocksStore store = open(crashed)) {
      assertThat(store.condition().loss())
          .isEqualTo(
              "1 write without a ledger entry is missing, acknowledged between %s and %s"
                  .formatted(MOMENT, MOMENT));
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
  void batchThatWasWrittenAndNotRecordedIsNoLoss() throws IOException {
    try (RocksStore store = open(live)) {
      decide(store);
      copy(live, crashed);
      decide(store, 77);
      Files.copy(log(live), log(crashed), StandardCopyOption.REPLACE_EXISTING);
    }

    assertSound(DECISIONS + 1);
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
    families.add(new ColumnFamilyDescriptor(Family.COMMITS.labelBytes()));
    for (Family family : Family.values()) {
      if (family != Family.COMMITS) {
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
      open.db.delete(open.handle(Family.LEDGER), Keys.sequence(DECISIONS));
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

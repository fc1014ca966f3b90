package lazaret.storage.rocks;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static lazaret.vetting.gate.fixture.StoreSamples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.storage.files.FileTrees;
import lazaret.storage.rocks.files.DatabaseManifestCopy;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.RunningOperations;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.progress.ProgressShare;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/// Files of a store that are damaged or missing, and the repair of each.
class StoreRepairTest {
  private static final Clock CLOCK = Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC);
  private static final Instant REVOKED = StoreSamples.NOON.plusSeconds(60);
  private static final int ROUNDS = 4;
  private static final int CRATES = 20;

  @TempDir private Path temp;

  private Path sound;
  private final List<VerifiedCrate> artifacts = new ArrayList<>();
  private final VerifiedCrate carried = StoreSamples.artifact(999, 60_000);

  /// A fault of one file.
  private enum Fault {
    FLIPPED,
    TRUNCATED,
    MISSING,
    FOOTER;

    void on(Path file) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      switch (this) {
        case MISSING -> Files.delete(file);
        case TRUNCATED -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        case FLIPPED -> {
          for (int i = 0; i < 3 && bytes.length > 0; i++) {
            bytes[bytes.length / 3 + i] ^= 0x55;
          }
          Files.write(file, bytes);
        }
        case FOOTER -> {
          for (int i = 1; i <= Math.min(30, bytes.length); i++) {
            bytes[bytes.length - i] ^= 0x11;
          }
          Files.write(file, bytes);
        }
      }
    }
  }

  @BeforeEach
  void fill() throws IOException {
    sound = temp.resolve("sound");
    for (int round = 0; round < ROUNDS; round++) {
      try (RocksStore store = open(sound)) {
        for (int i = 0; i < CRATES; i++) {
          String crate = "crate-" + round + "-" + i;
          VerifiedCrate artifact = StoreSamples.artifact(round * CRATES + i, 8_000);
          artifacts.add(artifact);
          store.commit(
              Batch.synced(
                  List.of(
                      new Write.PutCrate(StoreSamples.held(crate, "1.0.0")),
                      new Write.PutFreshness(name(crate), StoreSamples.freshness("\"1\"")),
                      new Write.PutView(name(crate), StoreSamples.view("{}\n")),
                      new Write.PutArtifact(artifact),
                      new Write.PutFindings(StoreSamples.findings(artifact.id().cksum())),
                      new Write.Append(StoreSamples.approval(id(crate, "1.0.0"), i)))));
        }
        store.commit(
            Batch.synced(
                List.of(
                    new Write.PutToken(StoreSamples.token("token-" + round)),
                    new Write.PutMeta("x" + round, Bytes.utf8("y")))));
        if (round == 1) {
          try (Store.BulkWriter bulk = store.bulk()) {
            bulk.put(carried);
            bulk.settle();
          }
        }
      }
    }
  }

  private static RocksStore open(Path folder) {
    return RocksStore.open(folder, RocksOptions.DEFAULT, CLOCK);
  }

  private Path copy(String label) throws IOException {
    Path target = temp.resolve(label);
    try (Stream<Path> files = Files.walk(sound)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path to = target.resolve(sound.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectory(to);
          Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(file));
        } else {
          Files.copy(file, to);
        }
      }
    }
    return target;
  }

  /// Returns the files whose names match. Unfinished ones are left out: the end of a store
  /// interrupts compactions, each of which may leave a part of a table that no list of files names.
  private List<Path> files(String pattern) throws IOException {
    try (Stream<Path> files = Files.list(sound.resolve("store"))) {
      return files
          .filter(f -> f.getFileName().toString().matches(pattern))
          .filter(StoreRepairTest::isFinished)
          .sorted()
          .toList();
    }
  }

  private static boolean isFinished(Path file) {
    if (!file.toString().endsWith(".sst")) {
      return file.toFile().length() > 0;
    }
    try {
      return !family(file).isEmpty();
    } catch (RocksDBException e) {
      // The table has no readable end.
      return false;
    }
  }

  @Test
  void reportsItsPhasesToTheRunningOperation() throws IOException {
    Path folder = copy("phases");
    var running = new RunningOperations();

    ProgressShare last =
        running.run(
            "repair",
            () -> {
              var _ = StoreRepair.run(folder, CLOCK);
              return running.share();
            });

    assertThat(last.phase()).isEqualTo("artifacts");
    assertThat(last.done()).isEqualTo(artifacts.size() + 1);
  }

  /// Repairs, and checks that every decision exists and that all other data is right or absent.
  private RepairReport repaired(Path folder, String what) {
    RepairReport report = StoreRepair.run(folder, CLOCK);
    try (RocksStore store = open(folder)) {
      assertLedgerIsWhole(store, what);
      for (VerifiedCrate artifact : artifacts) {
        Sha256 cksum = artifact.id().cksum();
        Optional<Bytes> bytes = store.artifact(cksum);
        assertThat(bytes.map(Sha256::of)).as(what).isIn(Optional.empty(), Optional.of(cksum));
        assertThat(store.hasArtifact(cksum) && bytes.isEmpty()).as(what).isFalse();
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < CRATES; i++) {
          StoredCrate expected = StoreSamples.held("crate-" + round + "-" + i, "1.0.0");
          assertThat(store.crate(expected.name()))
              .as(what)
              .isIn(Optional.empty(), Optional.of(expected));
          assertThat(store.decisions(expected.name())).as(what).hasSize(1);
        }
      }
      assertThat(store.checkEngine()).as(what).isEmpty();
      if (store.tokens().size() < ROUNDS) {
        assertThat(report.lost()).as(what).isNotEmpty();
      }
      if (report.lost().isEmpty()) {
        assertThat(store.condition().withholds()).as(what).isFalse();
      } else {
        assertThat(store.condition().withholds()).as(what).isTrue();
        assertThat(store.condition().loss()).as(what).contains(report.lost().getFirst());
        assertThat(store.acceptLoss(StoreSamples.notice("accepted"))).as(what).isPresent();
      }
      // The store accepts writes.
      store.commit(
          Batch.synced(List.of(new Write.Append(StoreSamples.approval(id("new", "1.0.0"), 1)))));
    }
    assertThat(StoreRepair.run(folder, CLOCK).sound()).as(what).isTrue();
    return report;
  }

  private static void assertLedgerIsWhole(RocksStore store, String what) {
    Sha256 previous = LedgerEntry.GENESIS;
    try (Stream<LedgerEntry> ledger = store.ledger(0)) {
      List<LedgerEntry> all = ledger.toList();
      assertThat(all).as(what).hasSize(ROUNDS * CRATES);
      for (LedgerEntry entry : all) {
        assertThat(entry.intact() && entry.previous().equals(previous)).as(what).isTrue();
        previous = entry.hash();
      }
    }
  }

  private static void assertStartsOrSaysRepair(Path folder, String what) {
    try (RocksStore store = open(folder)) {
      assertThat(store.ledgerHead()).as(what).isPresent();
    } catch (StoreException e) {
      assertThat(e.code()).as(what).isEqualTo(ErrorCode.STORE_CORRUPT);
      assertThat(e.getMessage()).as(what).contains("fsck --repair");
    }
  }

  @Test
  void soundStoreIsLeftAsItIs() throws IOException {
    RepairReport report = StoreRepair.run(sound, CLOCK);

    assertThat(report.sound()).as(report.toString()).isTrue();
    assertThat(sound.resolve(StoreRepair.ASIDE)).doesNotExist();
    try (RocksStore store = open(sound)) {
      assertThat(store.tokens()).hasSize(ROUNDS);
      assertThat(store.view(name("crate-0-1"))).isPresent();
      assertThat(store.artifact(carried.id().cksum())).contains(carried.bytes());
    }
  }

  @Test
  void damagedTablesAreDroppedAndDecisionsRestored() throws Exception {
    List<Path> tables = usedTables();
    assertThat(tables).isNotEmpty();
    int step = ChildJvm.all() ? 1 : Math.max(1, tables.size() / 6);
    int number = 0;
    for (int i = 0; i < tables.size(); i += step) {
      for (Fault fault : Fault.values()) {
        if (ChildJvm.all() || number % 2 == 0) {
          String what = fault + " " + tables.get(i).getFileName();
          Path folder = copy("table-" + number);
          fault.on(folder.resolve("store").resolve(tables.get(i).getFileName()));
          assertThat(repaired(folder, what).sound()).as(what).isFalse();
        }
        number++;
      }
    }
  }

  /// Returns the tables that the database consists of. Others may be replaced already and not yet
  /// deleted.
  private List<Path> usedTables() throws Exception {
    String database = copy("used").resolve("store").toString();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (var options = new Options();
        var all = new DBOptions();
        RocksDB db =
            RocksDB.openReadOnly(
                all,
                database,
                RocksDB.listColumnFamilies(options, database).stream()
                    .map(ColumnFamilyDescriptor::new)
                    .toList(),
                handles)) {
      List<String> used =
          db.getLiveFilesMetaData().stream().map(file -> file.fileName().substring(1)).toList();
      handles.forEach(ColumnFamilyHandle::close);
      return files(".*\\.sst").stream()
          .filter(table -> used.contains(table.getFileName().toString()))
          .toList();
    }
  }

  @Test
  void damagedListOfFilesIsRestoredWithoutALoss() throws IOException {
    for (Fault fault : Fault.values()) {
      for (String pattern : List.of("MANIFEST-.*", "CURRENT")) {
        Path file = files(pattern).getLast();
        String what = fault + " " + file.getFileName();
        Path folder = copy("list-" + fault + pattern.charAt(0));
        fault.on(folder.resolve("store").resolve(file.getFileName()));
        assertStartsOrSaysRepair(folder, what);

        RepairReport report = repaired(folder, what);

        assertThat(report.lost()).as(what).isEmpty();
        assertThat(report.dropped()).as(what).isEmpty();
        assertEverythingIsThere(folder, what);
      }
    }
  }

  private void assertEverythingIsThere(Path folder, String what) {
    try (RocksStore store = open(folder)) {
      for (VerifiedCrate artifact : artifacts) {
        assertThat(store.artifact(artifact.id().cksum())).as(what).contains(artifact.bytes());
      }
      assertThat(store.artifact(carried.id().cksum())).as(what).contains(carried.bytes());
      assertThat(store.tokens()).as(what).hasSize(ROUNDS);
      try (Stream<StoredCrate> crates = store.crates()) {
        assertThat(crates).as(what).hasSize(ROUNDS * CRATES);
      }
    }
  }

  @Test
  void missingOptionsFileIsNoDamage() throws IOException {
    Path folder = copy("options");
    for (Path file : files("OPTIONS-.*")) {
      Files.delete(folder.resolve("store").resolve(file.getFileName()));
    }
    assertEverythingIsThere(folder, "OPTIONS missing");
  }

  @Test
  void damagedBlobFilesCostTheirArtifactsOnly() throws IOException {
    for (Fault fault : Fault.values()) {
      Path folder = copy("blob-" + fault);
      fault.on(folder.resolve("store").resolve(files(".*\\.blob").get(1).getFileName()));

      RepairReport report = repaired(folder, fault + " blob");

      assertThat(report.lost()).isEmpty();
      try (RocksStore store = open(folder)) {
        long held =
            artifacts.stream().filter(a -> store.artifact(a.id().cksum()).isPresent()).count();
        assertThat(held).isGreaterThanOrEqualTo((ROUNDS - 1L) * CRATES);
      }
    }
  }

  @Test
  void bytesWhoseMetadataAndBlobFileAreMissingAreDropped() throws Exception {
    Path folder = copy("unrecorded");
    for (Path table : files(".*\\.sst")) {
      if (family(table).equals("held")) {
        Fault.MISSING.on(folder.resolve("store").resolve(table.getFileName()));
      }
    }
    Fault.MISSING.on(folder.resolve("store").resolve(files(".*\\.blob").getFirst().getFileName()));

    repaired(folder, "unrecorded");
  }

  private static String family(Path table) throws RocksDBException {
    try (var options = new Options();
        var reader = new SstFileReader(options)) {
      reader.open(table.toString());
      return new String(reader.getTableProperties().getColumnFamilyName(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void severalFilesAtOnceAreRepaired() throws IOException {
    Path folder = copy("several");
    Path store = folder.resolve("store");
    List<Path> tables = files(".*\\.sst");
    Fault.MISSING.on(store.resolve(tables.get(1).getFileName()));
    Fault.FLIPPED.on(store.resolve(tables.get(5).getFileName()));
    Fault.FOOTER.on(store.resolve(tables.getLast().getFileName()));
    Fault.MISSING.on(store.resolve(files(".*\\.blob").getFirst().getFileName()));
    Fault.MISSING.on(store.resolve("CURRENT"));
    Fault.FLIPPED.on(store.resolve(files("MANIFEST-.*").getFirst().getFileName()));

    repaired(folder, "several");
  }

  @Test
  void storeWithoutAnyListOfFilesIsFilledFromItsTables() throws IOException {
    Path folder = copy("no-list");
    Fault.MISSING.on(folder.resolve("store/CURRENT"));
    Fault.MISSING.on(
        folder.resolve("store").resolve(files("MANIFEST-.*").getFirst().getFileName()));
    try (Stream<Path> copies = Files.list(folder.resolve(DatabaseManifestCopy.FOLDER))) {
      for (Path file : copies.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder.resolve(DatabaseManifestCopy.FOLDER));

    RepairReport report = repaired(folder, "no list");

    assertThat(report.lost()).isNotEmpty();
    assertEverythingIsThere(folder, "no list");
  }

  @Test
  void wholeDatabaseGoneLeavesEveryDecision() throws IOException {
    Path folder = copy("gone");
    try (Stream<Path> files = Files.list(folder.resolve("store"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    RepairReport report = repaired(folder, "gone");

    assertThat(report.lost()).isNotEmpty();
  }

  @Test
  void decisionsOfADamagedLogComeFromTheJournal() throws IOException {
    Path live = temp.resolve("live");
    int number = 20;
    for (int percent : List.of(30, 60, 95, -1)) {
      Path folder = temp.resolve("wal" + percent);
      try (RocksStore store = open(live)) {
        for (int i = 1; i <= number; i++) {
          store.commit(
              Batch.synced(
                  List.of(
                      new Write.PutView(name("serde"), StoreSamples.view("{\"n\":" + i + "}\n")),
                      new Write.Append(StoreSamples.approval(id("serde", "1.0.0"), i)))));
        }
        // As after a kill: nothing is flushed.
        sound = live;
        copyTo(folder);
      }
      damageLog(folder, percent);

      RepairReport report = StoreRepair.run(folder, CLOCK);

      assertThat(report.lost()).as(report.toString()).isNotEmpty();
      try (RocksStore store = open(folder)) {
        assertThat(store.decisions(name("serde"))).hasSize(number);
        assertThat(store.ledgerHead().orElseThrow().sequence()).isEqualTo(number);
        assertThat(store.view(name("serde"))).isEmpty();
      }
      FileTrees.delete(live);
    }
  }

  private void copyTo(Path folder) throws IOException {
    copy(folder.getFileName().toString());
  }

  private static void damageLog(Path folder, int percent) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("store"))) {
      Path log =
          files
              .filter(f -> f.toString().endsWith(".log"))
              .max(Comparator.comparingLong(f -> f.toFile().length()))
              .orElseThrow();
      if (percent < 0) {
        Files.delete(log);
      } else {
        byte[] bytes = Files.readAllBytes(log);
        bytes[(int) (bytes.length * (long) percent / 100)] ^= 1;
        Files.write(log, bytes);
      }
    }
  }

  @Test
  void revokedTokenStaysRevokedAfterItsTableWasDropped() throws IOException {
    Path folder = temp.resolve("tokens");
    var token = StoreSamples.token("leaver");
    try (RocksStore store = open(folder)) {
      store.commit(Batch.synced(List.of(new Write.PutToken(token))));
    }

    changeAndRepair(
        folder,
        new Write.DropToken(token.secretHash()),
        new Write.Append(revocation("token 'leaver'")));

    try (RocksStore store = open(folder)) {
      assertThat(store.tokens()).isEmpty();
    }
  }

  @Test
  void replacedTokenStaysRevokedButNotItsSuccessor() throws IOException {
    Path folder = temp.resolve("replaced");
    var former = StoreSamples.token("build");
    var successor =
        new Token(
            "build",
            former.owner(),
            Sha256.of(Bytes.utf8("another secret")),
            former.roles(),
            former.method(),
            REVOKED,
            null,
            null);
    try (RocksStore store = open(folder)) {
      store.commit(
          Batch.synced(List.of(new Write.PutToken(former), new Write.PutToken(successor))));
    }

    changeAndRepair(
        folder,
        new Write.DropToken(former.secretHash()),
        new Write.Append(revocation("token 'build': replaced by a new login")));

    try (RocksStore store = open(folder)) {
      assertThat(store.tokens()).containsExactly(successor);
    }
  }

  @Test
  void removedPersonStaysRemovedAfterTheTableWasDropped() throws IOException {
    Path folder = temp.resolve("people");
    try (RocksStore store = open(folder)) {
      store.commit(
          Batch.synced(
              List.of(
                  new Write.PutDeskRow(person("ann", StoreSamples.NOON)),
                  new Write.PutDeskRow(person("bob", REVOKED.plusSeconds(1))))));
    }

    changeAndRepair(
        folder,
        new Write.DropDeskRow(DeskTable.PEOPLE, "ann"),
        new Write.Append(removal("person 'Ann' of https://id.example")),
        new Write.Append(removal("person 'bob' of https://id.example")));

    try (RocksStore store = open(folder)) {
      assertThat(store.deskRows().find(DeskTable.PEOPLE, "ann")).isEmpty();
      assertThat(store.deskRows().find(DeskTable.PEOPLE, "bob"))
          .as("another account with the name since the removal")
          .isPresent();
    }
  }

  private static DeskRow person(String name, Instant firstSignIn) {
    String document = "{\"name\":\"%s\",\"first_sign_in\":\"%s\"}".formatted(name, firstSignIn);
    return new DeskRow(DeskTable.PEOPLE, name, Bytes.utf8(document));
  }

  private static Notice removal(String detail) {
    return new Notice(Notice.Kind.PERSON_REMOVED, REVOKED, "carl", null, null, detail);
  }

  private static Notice revocation(String detail) {
    return new Notice(Notice.Kind.TOKEN_REVOKED, REVOKED, "ann", null, null, detail);
  }

  /// Changes a store, deletes the tables of the change and repairs the store.
  private static void changeAndRepair(Path folder, Write... changes) throws IOException {
    List<Path> before = sst(folder);
    try (RocksStore store = open(folder)) {
      store.commit(Batch.synced(List.of(changes)));
    }
    for (Path table : sst(folder)) {
      if (!before.contains(table)) {
        Files.delete(table);
      }
    }

    StoreRepair.run(folder, CLOCK);
  }

  private static List<Path> sst(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("store"))) {
      return files.filter(f -> f.toString().endsWith(".sst")).toList();
    }
  }

  @Test
  void foldersWithoutAStoreAreRefused() {
    assertThatThrownBy(() -> StoreRepair.run(temp.resolve("nothing"), CLOCK))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNUSABLE));
    try (RocksStore _ = open(sound)) {
      assertThatThrownBy(() -> StoreRepair.run(sound, CLOCK))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNUSABLE));
    }
  }
}

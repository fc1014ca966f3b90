package lazaret.storage.rocks;

import static lazaret.vetting.gate.fixture.StoreSamples.NOON;
import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import lazaret.storage.StoredGoldenFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.search.CrateSummary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// The bytes of a store of schema 1 on the disk, read without the store: the rows of the database
/// by column family and key, the files next to the database and their content. Existing stores hold
/// these bytes, so no line of `golden/rows.txt` may change.
class StoredRowsTest {
  private static final CrateId ID = id("Some-Crate", "1.0.0-rc.1+b");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

  @TempDir static Path dir;

  private static Path data;

  @BeforeAll
  static void writeOneOfEach() {
    data = dir.resolve("data");
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    try (Store store = RocksStore.open(data, RocksOptions.DEFAULT, clock)) {
      store.commit(Batch.synced(writes()));
      store.commit(Batch.synced(List.of(new Write.Append(StoreSamples.notice("again")))));
      try (Store.BulkWriter bulk = store.bulk()) {
        bulk.put(StoreSamples.artifact(2, 16));
        bulk.settle();
      }
    }
  }

  static List<Write> writes() {
    return List.of(
        new Write.PutCrate(StoreSamples.held("Some-Crate", "1.0.0")),
        new Write.PutFreshness(ID.name(), StoreSamples.freshness("\"1\"")),
        new Write.PutView(ID.name(), StoreSamples.view("{}\n")),
        new Write.PutSummary(
            new CrateSummary(ID.name(), ID.version(), 1, "0011223344556677", NOON, null)),
        new Write.PutArtifact(StoreSamples.artifact(1, 16)),
        new Write.PutFindings(StoreSamples.findings(ID.cksum())),
        new Write.Append(StoreSamples.approval(ID, 1)),
        new Write.Append(StoreSamples.notice("once")),
        new Write.PutRequest(StoreSamples.request(ID, 7)),
        new Write.AddDownload(StoreSamples.access(DAY, ID, "ci", 3)),
        new Write.PutToken(StoreSamples.token("ci")),
        new Write.PutFeed(StoreSamples.feed("osv")),
        new Write.PutVerdict(StoreSamples.verdict(ID, 3)),
        new Write.PutLockfile(StoreSamples.lockfile("text", "app/Cargo.lock", 3)),
        new Write.PutUse(new ArtifactUse(ID.cksum(), DAY)),
        new Write.PutRemoved(StoreSamples.removed(ID)),
        new Write.PutDeskRow(new DeskRow(DeskTable.PEOPLE, "ann", Bytes.utf8("{}"))),
        new Write.PutSnapshot(StoreSamples.snapshot(1)),
        new Write.PutSnapshotCrate(1, StoreSamples.snapshotCrate("Some_Crate", "1.0.0")),
        new Write.PutMeta("some.name", Bytes.utf8("a value")));
  }

  @Test
  void rowsAreThoseOfSchemaOne() throws RocksDBException {
    Map<String, String> golden = new TreeMap<>(StoredGoldenFiles.of("rows.txt").lines());

    assertThat(rows()).isEqualTo(golden);
  }

  /// A family that is new gets a label here and a row in the file.
  @Test
  void familiesAreThoseOfSchemaOne() throws RocksDBException {
    List<String> families = OpenDatabase.families(data.resolve("store"));

    assertThat(families)
        .containsExactlyInAnyOrder(
            "default",
            "meta",
            "upstream",
            "freshness",
            "views",
            "summaries",
            "counts",
            "artefacts",
            "carried",
            "held",
            "findings",
            "ledger",
            "commits",
            "decisions",
            "requests",
            "access",
            "tokens",
            "feeds",
            "rulings",
            "desk",
            "lockfiles",
            "uses",
            "removed",
            "snapshots",
            "snapshot_crates",
            "snapshot_leaves");
    TreeSet<String> used = new TreeSet<>();
    rows().keySet().forEach(row -> used.add(row.substring(0, row.indexOf(':'))));
    used.add("default");
    assertThat(used).containsExactlyInAnyOrderElementsOf(families);
  }

  @Test
  void folderHoldsTheFilesOfAStore() throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "lazaret-head",
              "lazaret-ledger",
              "lazaret-lock",
              "lazaret-reserve",
              "lazaret-store",
              "store",
              "store.arriving",
              "store.manifest");
    }
    assertThat(Files.readString(data.resolve("lazaret-store")))
        .isEqualTo("lazaret store, schema 1\n");
  }

  /// The names that a folder may hold beside these: left by a restore, a repair or a crash.
  @Test
  void namesInAFolderAreThoseOfSchemaOne() {
    assertThat(DataFolder.OURS)
        .containsExactlyInAnyOrder(
            "lazaret-config.toml",
            "lazaret-head",
            "lazaret-head.new",
            "lazaret-ledger",
            "lazaret-lock",
            "lazaret-lost",
            "lazaret-reserve",
            "lazaret-restoring",
            "lazaret-store",
            "store",
            "store.arriving",
            "store.damaged",
            "store.manifest",
            "store.unfinished");
    assertThat(LedgerCopy.ASIDE).isEqualTo("lazaret-ledger.replaced-");
    assertThat(DataFolder.BEFORE).isEqualTo("store.before");
  }

  /// The numbers of the magic bytes, the counter, the commit, the last entry of the ledger, its
  /// hash, the time, and the digest of these; the counter chooses one of two slots.
  @Test
  void headHoldsTheLastAcknowledgedWrite() throws IOException {
    byte[] file = Files.readAllBytes(data.resolve("lazaret-head"));

    assertThat(file).hasSize(8192);
    assertThat(hex(Arrays.copyOf(file, 128)))
        .isEqualTo(
            "4c5a2d4845414431000000000000000200000000000000010000000000000002"
                + "e16c6258b83a403fa82219f33b735e324dc3a7719c9c467207ca6b87b255869b"
                + "000001a20d6d5a7b2ab6c6042b5c56b0f1d8aa637e1ea64c94a278a46fb4ce16"
                + "2f6aff9a4073573b000000000000000000000000000000000000000000000000");
    assertThat(hex(Arrays.copyOfRange(file, 4096, 4096 + 128)))
        .isEqualTo(
            "4c5a2d4845414431000000000000000300000000000000020000000000000003"
                + "e50f01223c8244988b9b4db33a6029a9a497e623150c894adcc69711c661b6ae"
                + "000001a20d6d5a7b2cf8851f03e6afcc661f9e19502f164e567f3a4042aa4a26"
                + "ceb00e9c279df864000000000000000000000000000000000000000000000000");
  }

  @Test
  void journalHoldsTheEntriesOfTheLedgerInFrames() throws RocksDBException, IOException {
    Map<String, String> rows = rows();
    StringBuilder expected = new StringBuilder();
    for (int sequence = 1; sequence <= 3; sequence++) {
      String record = rows.getOrDefault("ledger:%016x".formatted(sequence), "");
      String length = "%08x".formatted(record.length() / 2);
      CRC32C checksum = new CRC32C();
      checksum.update(HexFormat.of().parseHex(record));
      expected
          .append(length)
          .append("%08x".formatted(checksum.getValue()))
          .append(record)
          .append(length);
    }

    assertThat(hex(Files.readAllBytes(data.resolve("lazaret-ledger"))))
        .isEqualTo(expected.toString());
  }

  private static Map<String, String> rows() throws RocksDBException {
    Map<String, String> rows = new TreeMap<>();
    String database = data.resolve("store").toString();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    // The counts are sums, made by an operator that RocksDB brings.
    ColumnFamilyOptions sums = new ColumnFamilyOptions().setMergeOperatorName("uint64add");
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    try (Options plain = new Options()) {
      RocksDB.listColumnFamilies(plain, database)
          .forEach(label -> families.add(new ColumnFamilyDescriptor(label, sums)));
    }
    try (sums;
        DBOptions options = new DBOptions();
        RocksDB db = RocksDB.openReadOnly(options, database, families, handles)) {
      for (ColumnFamilyHandle handle : handles) {
        String family = Bytes.of(handle.getName()).text();
        try (RocksIterator all = db.newIterator(handle)) {
          for (all.seekToFirst(); all.isValid(); all.next()) {
            rows.put(family + ':' + hex(all.key()), hex(all.value()));
          }
          all.status();
        }
        handle.close();
      }
    }
    return rows;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

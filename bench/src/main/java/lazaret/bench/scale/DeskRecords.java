package lazaret.bench.scale;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Decision;

/// The records that the pages of the desk read, added to a synthetic store. They are two large
/// crates whose older version is approved, a log of downloads, and submitted lockfiles.
final class DeskRecords {
  /// A crate with [#FILES] files in each of two versions; one line of each differs.
  static final CrateName MANY_FILES = CrateName.parse("desk-many-files");

  /// A crate whose newer version has one file with [#LINES] new lines.
  static final CrateName LONG_FILE = CrateName.parse("desk-long-file");

  /// The older version of both crates.
  static final CrateVersion BASE = CrateVersion.parse("1.0.0");

  /// The newer version of both crates.
  static final CrateVersion NEWER = CrateVersion.parse("1.1.0");

  static final int FILES = 5_000;
  static final int LINES = 200_000;

  private static final int LINES_OF_FILE = 40;
  private static final int DAYS = 90;
  private static final int DOWNLOADS_OF_DAY = 3_000;
  private static final int LOCKFILES = 1_000;
  private static final int PACKAGES = 300;
  private static final int BATCH = 5_000;

  private final Store store;
  private final Instant now;
  private final int crates;
  private final SplittableRandom random = new SplittableRandom(5);

  /// @param crates the number of crates of the store
  DeskRecords(Store store, Instant now, int crates) {
    this.store = store;
    this.now = now;
    this.crates = crates;
  }

  void add() {
    crate(MANY_FILES, manyFiles(BASE, 0), manyFiles(NEWER, 1));
    crate(LONG_FILE, longFile(BASE, 10), longFile(NEWER, LINES));
    downloads();
    lockfiles();
  }

  private static CrateBuilder manyFiles(CrateVersion version, int change) {
    CrateBuilder crate = CrateBuilder.crate(MANY_FILES.published(), version.text());
    StringBuilder modules = new StringBuilder();
    for (int file = 0; file < FILES; file++) {
      modules.append("mod m%d;\n".formatted(file));
      StringBuilder text = new StringBuilder();
      for (int line = 0; line < LINES_OF_FILE; line++) {
        int value = line == 7 ? line + change : line;
        text.append("pub fn f%d() -> u32 { %d * %d }\n".formatted(line, file, value));
      }
      crate.file("src/m%d.rs".formatted(file), text.toString());
    }
    return crate.file("src/lib.rs", modules.toString());
  }

  private static CrateBuilder longFile(CrateVersion version, int lines) {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < lines; line++) {
      text.append("pub const C%d: u32 = %d;\n".formatted(line, line * 7));
    }
    return CrateBuilder.crate(LONG_FILE.published(), version.text())
        .file("src/lib.rs", "mod long;\n")
        .file("src/long.rs", text.toString());
  }

  private void crate(CrateName name, CrateBuilder base, CrateBuilder newer) {
    List<Write> batch = new ArrayList<>();
    String lines = line(base, Duration.ofDays(200), batch) + line(newer, Duration.ofDays(1), batch);
    List<StoredLine> stored =
        IndexFile.parse(name, Bytes.utf8(lines), IndexLimits.DEFAULT).entries().stream()
            .map(entry -> StoredLine.first(entry, now, null))
            .toList();
    batch.add(new Write.PutCrate(new StoredCrate(name, stored, List.of())));
    batch.add(new Write.PutFreshness(name, new Freshness(Validators.NONE, now, now)));
    batch.add(new Write.Append(approval(stored.getFirst().entry().id())));
    store.commit(Batch.relaxed(batch));
  }

  private Decision approval(CrateId id) {
    return new Decision(Decision.Kind.APPROVE, id, now, "bob", "read", null, List.of(), List.of());
  }

  private String line(CrateBuilder crate, Duration age, List<Write> batch) {
    Bytes bytes = crate.build();
    CrateId id =
        new CrateId(
            CrateName.parse(crate.name()), CrateVersion.parse(crate.version()), Sha256.of(bytes));
    if (new UnverifiedCrate(bytes).verify(id) instanceof Verification.Match match) {
      batch.add(new Write.PutArtifact(match.crate()));
    }
    return crate.indexLine().cksum(id.cksum()).pubtime(now.minus(age)).build() + "\n";
  }

  private void downloads() {
    List<Write> batch = new ArrayList<>();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    for (int day = 0; day < DAYS; day++) {
      for (int i = 0; i < DOWNLOADS_OF_DAY; i++) {
        CrateName name = SyntheticCrate.name(random.nextInt(crates));
        CrateId id = new CrateId(name, CrateVersion.parse("1.0.0"), Sha256.of(Bytes.EMPTY));
        String address = "10.0.0." + random.nextInt(200);
        batch.add(
            new Write.AddDownload(new DownloadRecord(today.minusDays(day), id, "ci", address, 1)));
        settle(batch);
      }
    }
    store.commit(Batch.relaxed(batch));
  }

  private void lockfiles() {
    List<Write> batch = new ArrayList<>();
    for (int i = 0; i < LOCKFILES; i++) {
      TreeSet<String> packages = new TreeSet<>();
      while (packages.size() < Math.min(PACKAGES, crates)) {
        packages.add(SyntheticCrate.name(random.nextInt(crates)).collisionKey() + " 1.0.0");
      }
      SeenLockfile.Sighting sighting =
          new SeenLockfile.Sighting("app-%d/Cargo.lock".formatted(i), "ci", "10.0.0.1", now, now);
      batch.add(
          new Write.PutLockfile(
              new SeenLockfile(
                  Sha256.of(Bytes.utf8("lockfile " + i)),
                  List.copyOf(packages),
                  List.of(sighting))));
      settle(batch);
    }
    store.commit(Batch.relaxed(batch));
  }

  private void settle(List<Write> batch) {
    if (batch.size() >= BATCH) {
      store.commit(Batch.relaxed(batch));
      batch.clear();
    }
  }
}

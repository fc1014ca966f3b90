package lazaret.vetting.inventory;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import lazaret.testkit.IndexLineBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.inspect.Findings;

/// A stored artifact whose rows a test writes itself.
///
/// @param id the version
/// @param content the bytes of the artifact
/// @param age the days since the publication
/// @param unused the days since the last use; negative if none is recorded
record ArtifactRow(CrateId id, Bytes content, int age, int unused) {
  static final Instant NOW = GateFixture.START;
  static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);

  /// Returns an artifact whose bytes begin with its name and version.
  ///
  /// @param bytes the length, at least that of name and version
  static ArtifactRow of(String name, String version, int bytes, int age, int unused) {
    String text = name + " " + version + "\n";
    Bytes content = Bytes.utf8(text + ".".repeat(bytes - text.length()));
    CrateId id =
        new CrateId(CrateName.parse(name), CrateVersion.parse(version), Sha256.of(content));
    return new ArtifactRow(id, content, age, unused);
  }

  Sha256 cksum() {
    return id.cksum();
  }

  /// Returns the line of upstream.
  IndexEntry entry(boolean yanked) {
    String line =
        IndexLineBuilder.line(id.name().published(), id.version().text())
            .cksum(id.cksum())
            .yanked(yanked)
            .pubtime(published())
            .build();
    IndexFile file = IndexFile.parse(id.name(), Bytes.utf8(line + "\n"), IndexLimits.DEFAULT);
    return List.copyOf(file.entries()).getFirst();
  }

  StoredLine line() {
    return StoredLine.first(entry(false), NOW, null);
  }

  Instant published() {
    return NOW.minus(Duration.ofDays(age));
  }

  /// Returns the insertion of the artifact.
  Write artifact() {
    return switch (new UnverifiedCrate(content).verify(id)) {
      case Verification.Match(var crate) -> new Write.PutArtifact(crate);
      case Verification.Mismatch mismatch -> throw new AssertionError(mismatch);
    };
  }

  /// Returns findings without a signal.
  Findings findings() {
    return new Findings(
        id.cksum(), 1, List.of(), new CrateFacts(false, false, "MIT", null, 100, 3));
  }

  /// Returns the insertion of the use; empty if none is recorded.
  List<Write> use() {
    return unused < 0
        ? List.of()
        : List.of(new Write.PutUse(new ArtifactUse(id.cksum(), TODAY.minusDays(unused))));
  }

  /// Returns the insertion of a crate with these lines.
  static List<Write> crate(CrateName name, List<StoredLine> lines) {
    return List.of(
        new Write.PutCrate(new StoredCrate(name, lines, List.of())),
        new Write.PutFreshness(name, StoreSamples.freshness("1")));
  }
}

package lazaret.bundle.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import lazaret.bundle.importing.HighWaterMark;
import lazaret.bundle.importing.NetworkFixture;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.Roles;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.snapshot.SnapshotInfo;

/// The state of a network at a moment, which a refused bundle must not change.
///
/// @param head the sequence of the served snapshot
/// @param noted the stored snapshots
/// @param rows the rows of all crates, including unpublished ones
/// @param served the index files as cargo gets them
/// @param feeds the feeds of advisories
/// @param ledger the last entry of the ledger
/// @param trust the trust store by role, and the clock floor
/// @param mark the content of the high-water mark
/// @param artifacts the stored artifacts
/// @param staging the files in the import folder
record DiskImage(
    long head,
    List<SnapshotInfo> noted,
    List<Snapshots.Row> rows,
    Map<String, String> served,
    List<StoredFeed> feeds,
    Optional<LedgerEntry> ledger,
    Map<String, String> trust,
    Optional<String> mark,
    List<Sha256> artifacts,
    List<String> staging) {

  static DiskImage of(NetworkFixture inside) {
    Map<String, String> served = new TreeMap<>();
    for (String crate : List.of("alpha", "beta", "gamma", "delta", "under_score")) {
      served.put(crate, inside.index(crate));
    }
    var trusted = new StoredTrust(inside.store());
    Map<String, String> trust = new TreeMap<>();
    for (String role : List.of(Roles.ROOT, Roles.TIMESTAMP, Roles.SNAPSHOT, Roles.TARGETS)) {
      trust.put(role, trusted.read(role).map(Bytes::text).orElse(""));
    }
    trust.put("floor", trusted.clockFloor().toString());
    return new DiskImage(
        inside.store().snapshots().head(),
        inside.store().snapshots().all(),
        inside.rows(),
        served,
        inside.store().feeds(),
        inside.store().ledgerHead(),
        trust,
        HighWaterMark.read(HighWaterMark.beside(inside.data())).map(HighWaterMark::line),
        inside.artifacts(),
        staging(inside.data().resolve("import")));
  }

  private static List<String> staging(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns this state without the data that an interrupted import may keep.
  DiskImage visible() {
    return new DiskImage(
        head, noted, List.of(), served, feeds, ledger, trust, mark, List.of(), List.of());
  }

  /// Returns this state with metadata in lower case, because a signature in hex has two forms.
  DiskImage ignoringCase() {
    Map<String, String> small = new TreeMap<>(trust);
    small.replaceAll((_, text) -> text.toLowerCase(Locale.ROOT));
    return new DiskImage(head, noted, rows, served, feeds, ledger, small, mark, artifacts, staging);
  }

  /// Returns this state with another last entry of the ledger.
  DiskImage withLedger(Optional<LedgerEntry> last) {
    return new DiskImage(head, noted, rows, served, feeds, last, trust, mark, artifacts, staging);
  }
}

package lazaret.vetting.desk;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import org.jspecify.annotations.Nullable;

/// The snapshots that a store keeps, those that it made and those that it took. A crate's row is
/// written where a snapshot changes it, so a snapshot costs what changed: as of a sequence, a crate
/// is what its newest row up to there says. Rows above the newest snapshot that is noted belong to
/// nothing yet. Thread-safe; methods block; streams must be closed and run over one state.
public interface Snapshots {
  /// Under which name of [Store#meta] the sequence stands that is served.
  String HEAD = "snapshot.head";

  /// Under which name of [Store#meta] the moment stands by which the newest bundle promised the
  /// next.
  String NEXT = "snapshot.next";

  /// Returns the snapshots that are noted, by sequence.
  List<SnapshotInfo> all();

  /// Returns the sequence that is served; 0 where the store is fed by an upstream.
  long head();

  /// Tells where a crate or version is to be had that the snapshot which is served does not have,
  /// in one clause: whoever had it yesterday wants to know that it was taken out.
  ///
  /// @param version null for any of the crate
  default String whence(CrateName name, @Nullable CrateVersion version) {
    return all().stream()
        .map(SnapshotInfo::sequence)
        .filter(sequence -> sequence < head() && served(name, version, sequence))
        .reduce((_, later) -> later)
        .map(
            ("snapshot %d served it, and outside it is withheld or left out since; it comes back with"
                    + " a bundle")
                ::formatted)
        .orElse("it comes with a bundle");
  }

  private boolean served(CrateName name, @Nullable CrateVersion version, long sequence) {
    return crate(name, sequence).stream()
        .flatMap(crate -> crate.lines().stream())
        .filter(line -> line.statement().allows())
        .anyMatch(line -> version == null || line.entry().version().equals(version));
  }

  /// Returns a crate as of a sequence; empty where it had no lines by then.
  Optional<SnapshotCrate> crate(CrateName name, long asOf);

  /// Streams the crates that have lines as of a sequence, by collision key.
  Stream<SnapshotCrate> crates(long asOf);

  /// Streams the crates that have a row after one sequence and up to another, as of the latter, by
  /// collision key; those that are gone have no lines.
  Stream<SnapshotCrate> changed(long after, long upTo);

  /// Streams the leaves of the crates that have lines as of a sequence, by collision key: the input
  /// of a [lazaret.vetting.snapshot.StateTree]. Costs a few dozen bytes a crate.
  Stream<Leaf> leaves(long asOf);

  /// Streams all rows, those that belong to nothing yet among them, by collision key and then by
  /// sequence.
  Stream<Row> rows();

  /// A row.
  ///
  /// @param key the crate's collision key
  /// @param sequence the snapshot that changed the crate
  /// @param gone whether it took the crate out
  record Row(String key, long sequence, boolean gone) {}

  /// A crate's leaf.
  ///
  /// @param key the crate's collision key
  record Leaf(String key, Sha256 hash) {}
}

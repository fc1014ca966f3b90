package lazaret.vetting.gate.store;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import org.jspecify.annotations.Nullable;

/// The snapshots of a store, made here or imported. A crate has a row for each snapshot that
/// changes it, so a snapshot costs its changes. As of a sequence, the newest row up to there
/// applies. Rows above the newest recorded snapshot have no effect yet. Thread-safe; methods block;
/// streams must be closed and run over one state.
public interface Snapshots {
  /// Returns the recorded snapshots, by sequence.
  List<SnapshotInfo> all();

  /// Returns the sequence that is served, or 0 if an upstream supplies the store.
  long head();

  /// Returns one clause on how a crate or version that the served snapshot lacks can become
  /// available. A user who had it before learns that it was removed.
  ///
  /// @param version the version; null for any of the crate
  default String availability(CrateName name, @Nullable CrateVersion version) {
    return all().stream()
        .map(SnapshotInfo::sequence)
        .filter(sequence -> sequence < head() && served(name, version, sequence))
        .reduce((_, later) -> later)
        .map(
            ("snapshot %d served it, and since then it is withheld or omitted outside; it returns with"
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

  /// Returns a crate as of a sequence, or empty if it had no lines then.
  Optional<SnapshotCrate> crate(CrateName name, long asOf);

  /// Streams the crates with lines as of a sequence, by collision key.
  Stream<SnapshotCrate> crates(long asOf);

  /// Streams the versions that are served as of a sequence, by collision key of their crates.
  default Stream<CrateId> versions(long asOf) {
    return crates(asOf)
        .flatMap(crate -> crate.lines().stream())
        .filter(line -> line.statement().allows())
        .map(line -> line.entry().id());
  }

  /// Streams the crates with a row after one sequence and up to another, as of the latter, by
  /// collision key. Removed crates have no lines.
  Stream<SnapshotCrate> changed(long after, long upTo);

  /// Streams the leaves of the crates with lines as of a sequence, by collision key. They are the
  /// input of a [lazaret.vetting.snapshot.StateTree]. Costs a few dozen bytes a crate.
  Stream<Leaf> leaves(long asOf);

  /// Streams all rows, including those without effect yet, by collision key and then by sequence.
  Stream<Row> rows();

  /// A change of a crate by a snapshot.
  ///
  /// @param key the crate's collision key
  /// @param sequence the snapshot that changed the crate
  /// @param gone whether it removed the crate
  record Row(String key, long sequence, boolean gone) {}

  /// A leaf of the state tree.
  ///
  /// @param key the crate's collision key
  /// @param hash the SHA-256 of the leaf
  record Leaf(String key, Sha256 hash) {}
}

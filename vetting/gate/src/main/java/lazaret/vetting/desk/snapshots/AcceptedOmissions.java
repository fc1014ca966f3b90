package lazaret.vetting.desk.snapshots;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.snapshots.SnapshotDraft.Missing;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;

/// The omissions that a person accepted for versions that the index does not know. No snapshot line
/// records them, so the store keeps them by name and version in one value.
final class AcceptedOmissions {
  /// The maximum number of stored omissions. A person must accept further ones again in each
  /// snapshot.
  private static final int MOST = 10_000;

  private final Set<String> known;

  private AcceptedOmissions(Set<String> known) {
    this.known = known;
  }

  static AcceptedOmissions of(Store store) {
    return new AcceptedOmissions(
        store
            .meta(MetaKey.SNAPSHOT_OMISSIONS)
            .map(value -> value.text().lines().collect(Collectors.toCollection(TreeSet::new)))
            .orElseGet(TreeSet::new));
  }

  boolean has(CrateName name, @Nullable CrateVersion version) {
    return known.contains(key(name, version));
  }

  /// Returns the write that adds omissions to the stored ones.
  ///
  /// @param missing the missing versions of a draft that a person accepted
  Batch.Write and(List<Missing> missing) {
    Set<String> all = new TreeSet<>(known);
    missing.stream()
        .filter(Missing::unknown)
        .map(m -> key(m.name(), m.version()))
        .takeWhile(_ -> all.size() < MOST)
        .forEach(all::add);
    return new Batch.Write.PutMeta(MetaKey.SNAPSHOT_OMISSIONS, Bytes.utf8(String.join("\n", all)));
  }

  private static String key(CrateName name, @Nullable CrateVersion version) {
    return name.collisionKey() + (version == null ? "" : " " + version.text());
  }
}

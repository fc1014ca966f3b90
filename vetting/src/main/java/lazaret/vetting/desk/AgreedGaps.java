package lazaret.vetting.desk;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.SnapshotDraft.Missing;
import org.jspecify.annotations.Nullable;

/// The wishes that somebody answered for and that no line of a snapshot keeps, since the index does
/// not know them: by name and version, in one value of the store.
final class AgreedGaps {
  private static final String META = "snapshot.gaps";

  /// Of so many at most, a person who is asked again answers again.
  private static final int MOST = 10_000;

  private final Set<String> known;

  private AgreedGaps(Set<String> known) {
    this.known = known;
  }

  static AgreedGaps of(Store store) {
    return new AgreedGaps(
        store
            .meta(META)
            .map(value -> value.text().lines().collect(Collectors.toCollection(TreeSet::new)))
            .orElseGet(TreeSet::new));
  }

  boolean has(CrateName name, @Nullable CrateVersion version) {
    return known.contains(key(name, version));
  }

  /// Returns what keeps these, too.
  ///
  /// @param missing of a draft that somebody went on with
  Batch.Write and(List<Missing> missing) {
    Set<String> all = new TreeSet<>(known);
    missing.stream()
        .filter(Missing::unknown)
        .map(m -> key(m.name(), m.version()))
        .takeWhile(_ -> all.size() < MOST)
        .forEach(all::add);
    return new Batch.Write.PutMeta(META, Bytes.utf8(String.join("\n", all)));
  }

  private static String key(CrateName name, @Nullable CrateVersion version) {
    return name.collisionKey() + (version == null ? "" : " " + version.text());
  }
}

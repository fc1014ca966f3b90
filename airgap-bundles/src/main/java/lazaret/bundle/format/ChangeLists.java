package lazaret.bundle.format;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// A collector of the differences between two snapshots for a bundle statement. Not thread-safe.
public final class ChangeLists {
  private static final int MOST_ITEMS = 500;

  private final Map<VersionChange, ChangeList> lists = new EnumMap<>(VersionChange.class);

  /// Creates an empty collector.
  public ChangeLists() {}

  /// Compares a crate. Crates must be added in the order of collision keys.
  public void add(Optional<SnapshotCrate> before, SnapshotCrate now) {
    VersionChange.between(before, now, (how, line) -> list(how).add(item(line)));
  }

  private ChangeList list(VersionChange how) {
    return lists.computeIfAbsent(how, _ -> new ChangeList(MOST_ITEMS));
  }

  /// Returns the text of a version in a list: `NAME VERSION`.
  public static String item(SnapshotLine line) {
    return line.entry().name() + " " + line.entry().version().text();
  }

  /// Returns the lists. It may be called once.
  public BundleStatement.Changes finish() {
    return new BundleStatement.Changes(
        list(VersionChange.ADDED).finish(),
        list(VersionChange.CHANGED).finish(),
        list(VersionChange.YANKED).finish(),
        list(VersionChange.REMOVED).finish(),
        list(VersionChange.REVOKED).finish(),
        list(VersionChange.CKSUM_CHANGED).finish());
  }
}

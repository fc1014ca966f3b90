package lazaret.bundle.format;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// Sorts what differs between two snapshots into the lists of a bundle's statement. Not
/// thread-safe.
public final class Differences {
  private static final int MOST_ITEMS = 500;

  private final Map<Difference, ChangeList> lists = new EnumMap<>(Difference.class);

  /// Begins without any.
  public Differences() {}

  /// Compares a crate; they come by collision key.
  public void add(Optional<SnapshotCrate> before, SnapshotCrate now) {
    Difference.between(before, now, (how, line) -> list(how).add(item(line)));
  }

  private ChangeList list(Difference how) {
    return lists.computeIfAbsent(how, _ -> new ChangeList(MOST_ITEMS));
  }

  /// Returns how a version stands in a list.
  public static String item(SnapshotLine line) {
    return line.entry().name() + " " + line.entry().version().text();
  }

  /// Returns the lists; once.
  public BundleStatement.Changes finish() {
    return new BundleStatement.Changes(
        list(Difference.ADDED).finish(),
        list(Difference.CHANGED).finish(),
        list(Difference.YANKED).finish(),
        list(Difference.REMOVED).finish(),
        list(Difference.REVOKED).finish(),
        list(Difference.CKSUM_CHANGED).finish());
  }
}

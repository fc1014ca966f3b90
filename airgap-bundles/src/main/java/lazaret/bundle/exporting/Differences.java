package lazaret.bundle.exporting;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.ChangeList;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// Sorts what differs between two snapshots into the lists of a bundle's statement. Not
/// thread-safe.
final class Differences {
  private static final int MOST_ITEMS = 500;

  private final ChangeList added = new ChangeList(MOST_ITEMS);
  private final ChangeList changed = new ChangeList(MOST_ITEMS);
  private final ChangeList yanked = new ChangeList(MOST_ITEMS);
  private final ChangeList removed = new ChangeList(MOST_ITEMS);
  private final ChangeList revoked = new ChangeList(MOST_ITEMS);
  private final ChangeList cksumChanged = new ChangeList(MOST_ITEMS);

  /// Compares a crate.
  void add(Optional<SnapshotCrate> before, SnapshotCrate now) {
    Map<CrateVersion, SnapshotLine> gone = new HashMap<>();
    before.ifPresent(b -> b.lines().forEach(line -> gone.put(line.entry().version(), line)));
    for (SnapshotLine line : now.lines()) {
      compare(gone.remove(line.entry().version()), line);
    }
    // In the order in which they were.
    before.ifPresent(
        b ->
            b.lines().stream()
                .filter(line -> gone.containsKey(line.entry().version()))
                .forEach(line -> removed.add(item(line))));
  }

  private void compare(@org.jspecify.annotations.Nullable SnapshotLine before, SnapshotLine now) {
    if (before == null) {
      (now.statement().allows() ? added : revoked).add(item(now));
      return;
    }
    if (!before.entry().cksum().equals(now.entry().cksum())) {
      cksumChanged.add(item(now));
    } else if (before.statement().allows() && !now.statement().allows()) {
      revoked.add(item(now));
    } else if (before.entry().yanked() != now.entry().yanked()) {
      yanked.add(item(now));
    } else if (!before.equals(now)) {
      changed.add(item(now));
    }
  }

  private static String item(SnapshotLine line) {
    return line.entry().name() + " " + line.entry().version().text();
  }

  BundleStatement.Changes finish() {
    return new BundleStatement.Changes(
        added.finish(),
        changed.finish(),
        yanked.finish(),
        removed.finish(),
        revoked.finish(),
        cksumChanged.finish());
  }
}

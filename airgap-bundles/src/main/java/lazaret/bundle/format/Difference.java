package lazaret.bundle.format;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// In what a version differs between two snapshots: the first of these that fits.
public enum Difference {
  /// It was not there, or not served, and is served.
  ADDED,
  /// It has other bytes.
  CKSUM_CHANGED,
  /// It was served, or not there, and is denied.
  REVOKED,
  /// Its `yanked` is another.
  YANKED,
  /// Its line or its decision is another.
  CHANGED,
  /// It is not there any more.
  REMOVED;

  /// Compares a crate.
  ///
  /// @param visitor gets what differs: the lines of now in their order, then what was removed in
  ///   the order in which it was
  public static void between(
      Optional<SnapshotCrate> before,
      SnapshotCrate now,
      BiConsumer<Difference, SnapshotLine> visitor) {
    Map<CrateVersion, SnapshotLine> gone = new LinkedHashMap<>();
    before.ifPresent(b -> b.lines().forEach(line -> gone.put(line.entry().version(), line)));
    for (SnapshotLine line : now.lines()) {
      SnapshotLine was = gone.remove(line.entry().version());
      if (was == null) {
        visitor.accept(line.statement().allows() ? ADDED : REVOKED, line);
      } else if (!was.equals(line)) {
        visitor.accept(of(was, line), line);
      }
    }
    gone.values().forEach(line -> visitor.accept(REMOVED, line));
  }

  private static Difference of(SnapshotLine before, SnapshotLine now) {
    if (!before.entry().cksum().equals(now.entry().cksum())) {
      return CKSUM_CHANGED;
    }
    if (before.statement().allows() && !now.statement().allows()) {
      return REVOKED;
    }
    if (!before.statement().allows() && now.statement().allows()) {
      return ADDED;
    }
    return before.entry().yanked() != now.entry().yanked() ? YANKED : CHANGED;
  }
}

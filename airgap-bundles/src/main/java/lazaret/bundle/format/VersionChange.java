package lazaret.bundle.format;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// The difference of a version between two snapshots. If several apply, it is the first in the
/// order of the code.
public enum VersionChange {
  /// A version that is served and was missing or denied before.
  ADDED,
  /// A version whose bytes differ.
  CKSUM_CHANGED,
  /// A version that is denied and was served or missing before.
  REVOKED,
  /// A version whose `yanked` field differs.
  YANKED,
  /// A version whose index line or decision differs otherwise.
  CHANGED,
  /// A version that is no longer in the snapshot.
  REMOVED;

  /// Compares a crate in two snapshots.
  ///
  /// @param before the crate in the earlier snapshot, or empty
  /// @param now the crate in the later snapshot
  /// @param visitor receives each differing line: first the lines of the later snapshot in their
  ///   order, then the removed lines in their earlier order
  public static void between(
      Optional<SnapshotCrate> before,
      SnapshotCrate now,
      BiConsumer<VersionChange, SnapshotLine> visitor) {
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

  private static VersionChange of(SnapshotLine before, SnapshotLine now) {
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

package lazaret.vetting.desk.snapshots;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.snapshots.SnapshotDraft.Unmet;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// The check of whether a snapshot meets the requirements of its versions. One run; not
/// thread-safe.
final class UnmetRequirements {
  private static final long MEMORY = 16L << 20;

  private final Snapshots snapshots;
  private final long agreed;
  private final BoundedCache<CacheKey, List<CrateVersion>> offered =
      new BoundedCache<>(MEMORY, v -> 64L + 64L * v.size());
  private final List<Unmet> fresh = new ArrayList<>();
  private final List<Unmet> accepted = new ArrayList<>();

  /// Creates a check.
  ///
  /// @param agreed the newest snapshot whose omissions a person accepted; 0 if there is none
  UnmetRequirements(Snapshots snapshots, long agreed) {
    this.snapshots = snapshots;
    this.agreed = agreed;
  }

  /// A crate as of a snapshot.
  private record CacheKey(long snapshot, String key) {}

  /// Returns the unmet requirements, except optional ones and those of tests.
  ///
  /// @param after the snapshot after which crates must have changed to be checked; -1 for all
  ///   crates
  /// @param sequence the snapshot
  List<Unmet> unmet(long after, long sequence) {
    try (Stream<SnapshotCrate> changed = snapshots.changed(after, sequence)) {
      for (Iterator<SnapshotCrate> rest = changed.iterator(); rest.hasNext(); ) {
        for (SnapshotLine line : rest.next().lines()) {
          if (line.statement().allows()) {
            line.entry().deps().stream()
                .filter(d -> !d.optional() && d.kind() != DependencyKind.DEV)
                .filter(d -> !met(d, sequence))
                .forEach(d -> note(line, d));
          }
        }
      }
    }
    return Stream.concat(fresh.stream(), accepted.stream()).toList();
  }

  private void note(SnapshotLine line, IndexDependency dependency) {
    boolean before =
        offers(line.entry().name(), agreed).contains(line.entry().version())
            && !met(dependency, agreed);
    List<Unmet> kept = before ? accepted : fresh;
    if (kept.size() < SnapshotDraft.MAX_UNMET) {
      kept.add(new Unmet(line.entry().id(), dependency, before));
    }
  }

  private boolean met(IndexDependency dependency, long snapshot) {
    return offers(dependency.packageName(), snapshot).stream().anyMatch(dependency.req()::matches);
  }

  private List<CrateVersion> offers(CrateName name, long snapshot) {
    CacheKey offer = new CacheKey(snapshot, name.collisionKey());
    List<CrateVersion> versions = offered.get(offer);
    if (versions == null) {
      versions =
          snapshots.crate(name, snapshot).stream()
              .flatMap(c -> c.lines().stream())
              .filter(l -> l.statement().allows())
              .map(l -> l.entry().version())
              .toList();
      offered.put(offer, versions);
    }
    return versions;
  }
}

package lazaret.vetting.desk;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.SnapshotDraft.Unmet;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// Looks whether a snapshot meets the requirements of what is in it. One run; not thread-safe.
final class UnmetCheck {
  private static final long MEMORY = 16L << 20;

  private final Snapshots snapshots;
  private final long agreed;
  private final BoundedMemory<Offer, List<CrateVersion>> offered =
      new BoundedMemory<>(MEMORY, v -> 64L + 64L * v.size());
  private final List<Unmet> fresh = new ArrayList<>();
  private final List<Unmet> told = new ArrayList<>();

  /// @param agreed the newest snapshot for which somebody answered for what it lacks; 0 for none
  UnmetCheck(Snapshots snapshots, long agreed) {
    this.snapshots = snapshots;
    this.agreed = agreed;
  }

  /// What a snapshot has of a crate.
  private record Offer(long snapshot, String key) {}

  /// Returns the requirements, but for optional ones and those of tests, that nothing meets.
  ///
  /// @param after only crates that changed after this snapshot are looked at; -1 for all
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
    return Stream.concat(fresh.stream(), told.stream()).toList();
  }

  private void note(SnapshotLine line, IndexDependency dependency) {
    boolean before =
        offers(line.entry().name(), agreed).contains(line.entry().version())
            && !met(dependency, agreed);
    List<Unmet> kept = before ? told : fresh;
    if (kept.size() < SnapshotDraft.MAX_UNMET) {
      kept.add(new Unmet(line.entry().id(), dependency, before));
    }
  }

  private boolean met(IndexDependency dependency, long snapshot) {
    return offers(dependency.packageName(), snapshot).stream().anyMatch(dependency.req()::matches);
  }

  private List<CrateVersion> offers(CrateName name, long snapshot) {
    Offer offer = new Offer(snapshot, name.collisionKey());
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

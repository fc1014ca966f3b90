package lazaret.bundle.service;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.snapshots.SnapshotDraft;
import lazaret.vetting.desk.snapshots.SnapshotDraft.Dropped;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.deskapi.bundles.RemovedVersionInfo;
import lazaret.vetting.deskapi.bundles.RemovedVersionsInfo;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.snapshot.SnapshotCrate;

/// The versions that an export removes from importing networks without a denial.
///
/// @param since the sequence of the oldest snapshot in the comparison; 0 for none
/// @param count the number of versions
/// @param first the first of these versions with the reasons, at most [#MOST]
record ExportRemovals(long since, long count, List<Dropped> first) {
  /// The largest number of versions that are listed.
  static final int MOST = 500;

  static final ExportRemovals NONE = new ExportRemovals(0, 0, List.of());

  /// Copies the list.
  ExportRemovals {
    first = List.copyOf(first);
  }

  /// Compares a draft with earlier snapshots. A version that any of them has and the draft lacks is
  /// removed.
  ///
  /// @param desk the snapshots of the store
  /// @param draft the draft
  /// @param bases the sequences of the earlier snapshots, oldest first
  /// @param exact whether the export was restricted to the named versions
  static ExportRemovals of(
      SnapshotService desk, SnapshotDraft draft, List<Long> bases, boolean exact) {
    if (bases.isEmpty()) {
      return NONE;
    }
    long since = bases.getFirst();
    Snapshots snapshots = desk.store().snapshots();
    List<Dropped> first = new ArrayList<>();
    long count = 0;
    try (Stream<SnapshotCrate> changed = snapshots.changed(since, draft.sequence())) {
      for (SnapshotCrate crate : (Iterable<SnapshotCrate>) changed::iterator) {
        for (CrateVersion version : removed(snapshots, bases, crate)) {
          count++;
          if (first.size() < MOST) {
            first.add(desk.dropped(crate.name(), version, exact));
          }
        }
      }
    }
    return new ExportRemovals(since, count, first);
  }

  private static Set<CrateVersion> removed(
      Snapshots snapshots, List<Long> bases, SnapshotCrate now) {
    Set<CrateVersion> removed = new LinkedHashSet<>();
    for (long base : bases) {
      snapshots.crate(now.name(), base).map(SnapshotCrate::lines).orElse(List.of()).stream()
          .map(line -> line.entry().version())
          .filter(version -> now.line(version).isEmpty())
          .forEach(removed::add);
    }
    return removed;
  }

  /// Returns the removed versions for a reply.
  RemovedVersionsInfo info() {
    return new RemovedVersionsInfo(
        since,
        count,
        first.stream()
            .map(
                each ->
                    new RemovedVersionInfo(each.name(), each.version(), each.code(), each.why()))
            .toList());
  }
}

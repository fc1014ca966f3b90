package lazaret.bundle.service;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.JsonWriter;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.SnapshotDesk;
import lazaret.vetting.desk.SnapshotDraft;
import lazaret.vetting.desk.SnapshotDraft.Dropped;
import lazaret.vetting.desk.Snapshots;
import lazaret.vetting.snapshot.SnapshotCrate;

/// What an export takes out inside without denying it, and why.
///
/// @param since the oldest snapshot that it is compared with; 0 for none
/// @param count how many versions
/// @param first as many of them as are named
record Removals(long since, long count, List<Dropped> first) {
  /// How many are named.
  static final int MOST = 500;

  static final Removals NONE = new Removals(0, 0, List.of());

  /// Copies the list.
  Removals {
    first = List.copyOf(first);
  }

  /// Compares a draft with earlier snapshots: what any of them had is removed where it is served.
  ///
  /// @param bases their sequences, oldest first
  /// @param exact whether what nobody named was taken out
  static Removals of(SnapshotDesk desk, SnapshotDraft draft, List<Long> bases, boolean exact) {
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
    return new Removals(since, count, first);
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

  void put(JsonWriter json) {
    json.put("since", since)
        .put("count", count)
        .list(
            "items",
            first,
            (out, d) ->
                out.text("name", d.name())
                    .text("version", d.version())
                    .text("code", d.code())
                    .text("why", d.why()));
  }
}

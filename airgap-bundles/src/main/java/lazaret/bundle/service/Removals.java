package lazaret.bundle.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.bundle.format.Difference;
import lazaret.vetting.JsonWriter;
import lazaret.vetting.desk.SnapshotDesk;
import lazaret.vetting.desk.SnapshotDraft;
import lazaret.vetting.desk.SnapshotDraft.Dropped;
import lazaret.vetting.desk.Snapshots;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// What an export takes out inside without denying it, and why.
///
/// @param since the snapshot that it is compared with; 0 for none
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

  /// Compares a draft with an earlier snapshot.
  ///
  /// @param since that one; 0 for none
  /// @param exact whether what nobody named was taken out
  static Removals of(SnapshotDesk desk, SnapshotDraft draft, long since, boolean exact) {
    if (since == 0) {
      return NONE;
    }
    Snapshots snapshots = desk.store().snapshots();
    List<Dropped> first = new ArrayList<>();
    long count = 0;
    try (Stream<SnapshotCrate> changed = snapshots.changed(since, draft.sequence())) {
      for (SnapshotCrate crate : (Iterable<SnapshotCrate>) changed::iterator) {
        for (SnapshotLine line : removed(snapshots.crate(crate.name(), since), crate)) {
          count++;
          if (first.size() < MOST) {
            first.add(desk.dropped(crate.name(), line.entry().version(), exact));
          }
        }
      }
    }
    return new Removals(since, count, first);
  }

  private static List<SnapshotLine> removed(Optional<SnapshotCrate> before, SnapshotCrate now) {
    List<SnapshotLine> removed = new ArrayList<>();
    Difference.between(
        before,
        now,
        (how, line) -> {
          if (how == Difference.REMOVED) {
            removed.add(line);
          }
        });
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

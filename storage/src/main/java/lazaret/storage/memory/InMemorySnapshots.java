package lazaret.storage.memory;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.Snapshots;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;

/// The snapshots of a store in memory. Thread-safe.
final class InMemorySnapshots implements Snapshots {
  private final Supplier<State> state;

  InMemorySnapshots(Supplier<State> state) {
    this.state = state;
  }

  @Override
  public List<SnapshotInfo> all() {
    return List.copyOf(state.get().snapshots().values());
  }

  @Override
  public long head() {
    return Optional.ofNullable(state.get().meta().get(HEAD))
        .map(value -> Long.parseLong(value.text()))
        .orElse(0L);
  }

  @Override
  public Optional<SnapshotCrate> crate(CrateName name, long asOf) {
    return Optional.ofNullable(state.get().snapshotCrates().get(name.collisionKey())).stream()
        .flatMap(rows -> newest(rows, -1, asOf))
        .filter(crate -> !crate.gone())
        .findFirst();
  }

  @Override
  public Stream<SnapshotCrate> crates(long asOf) {
    return changed(-1, asOf).filter(crate -> !crate.gone());
  }

  @Override
  public Stream<SnapshotCrate> changed(long after, long upTo) {
    return state.get().snapshotCrates().values().stream()
        .flatMap(rows -> newest(rows, after, upTo));
  }

  @Override
  public Stream<Leaf> leaves(long asOf) {
    return crates(asOf).map(crate -> new Leaf(crate.name().collisionKey(), crate.leaf()));
  }

  @Override
  public Stream<Row> rows() {
    return state.get().snapshotCrates().entrySet().stream()
        .flatMap(
            crate ->
                crate.getValue().entrySet().stream()
                    .map(row -> new Row(crate.getKey(), row.getKey(), row.getValue().gone())));
  }

  private static Stream<SnapshotCrate> newest(
      SortedMap<Long, SnapshotCrate> rows, long after, long upTo) {
    SortedMap<Long, SnapshotCrate> known = rows.headMap(upTo + 1);
    return known.isEmpty() || known.lastKey() <= after
        ? Stream.empty()
        : Stream.of(known.get(known.lastKey()));
  }
}

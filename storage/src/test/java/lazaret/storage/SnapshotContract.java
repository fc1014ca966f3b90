package lazaret.storage;

import static lazaret.storage.Samples.name;
import static lazaret.storage.Samples.snapshotCrate;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.desk.Batch.Write;
import lazaret.vetting.desk.Snapshots;
import lazaret.vetting.desk.Snapshots.Leaf;
import lazaret.vetting.desk.Snapshots.Row;
import lazaret.vetting.desk.Store;
import lazaret.vetting.inspect.VerifiedCrate;
import lazaret.vetting.snapshot.SnapshotCrate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract of every store for snapshots.
public interface SnapshotContract {
  /// Opens a store that keeps its data in a folder.
  Store open(Path folder);

  private static void put(Store store, Write... writes) {
    store.commit(Batch.synced(List.of(writes)));
  }

  private static <T> List<T> all(Stream<T> stream) {
    try (stream) {
      return stream.toList();
    }
  }

  /// Stores three snapshots: serde and serde_json; serde changed and syn new; serde_json gone.
  private static Snapshots three(Store store) {
    put(
        store,
        new Write.PutSnapshotCrate(1, snapshotCrate("serde", "1.0.0")),
        new Write.PutSnapshotCrate(1, snapshotCrate("serde_json", "1.0.0")),
        new Write.PutSnapshot(Samples.snapshot(1)));
    put(
        store,
        new Write.PutSnapshotCrate(2, snapshotCrate("serde", "1.0.0", "1.0.1")),
        new Write.PutSnapshotCrate(2, snapshotCrate("syn", "2.0.0")),
        new Write.PutSnapshot(Samples.snapshot(2)));
    put(
        store,
        new Write.PutSnapshotCrate(3, new SnapshotCrate(name("serde_json"), List.of())),
        new Write.PutSnapshot(Samples.snapshot(3)));
    return store.snapshots();
  }

  @Test
  default void keepsEachSnapshotAsItWas(@TempDir Path folder) {
    try (Store store = open(folder)) {
      Snapshots snapshots = three(store);

      assertThat(snapshots.all())
          .containsExactly(Samples.snapshot(1), Samples.snapshot(2), Samples.snapshot(3));
      assertThat(all(snapshots.crates(1)))
          .containsExactly(snapshotCrate("serde", "1.0.0"), snapshotCrate("serde_json", "1.0.0"));
      assertThat(all(snapshots.crates(2)))
          .containsExactly(
              snapshotCrate("serde", "1.0.0", "1.0.1"),
              snapshotCrate("serde_json", "1.0.0"),
              snapshotCrate("syn", "2.0.0"));
      assertThat(all(snapshots.crates(3)))
          .extracting(c -> c.name().published())
          .containsExactly("serde", "syn");
      assertThat(all(snapshots.crates(0))).isEmpty();
    }
  }

  @Test
  default void findsOneCrateAsOfASequence(@TempDir Path folder) {
    try (Store store = open(folder)) {
      Snapshots snapshots = three(store);

      assertThat(snapshots.crate(name("Serde"), 1)).contains(snapshotCrate("serde", "1.0.0"));
      assertThat(snapshots.crate(name("serde"), 9))
          .contains(snapshotCrate("serde", "1.0.0", "1.0.1"));
      assertThat(snapshots.crate(name("serde-json"), 2))
          .contains(snapshotCrate("serde_json", "1.0.0"));
      assertThat(snapshots.crate(name("serde-json"), 3)).isEmpty();
      assertThat(snapshots.crate(name("syn"), 1)).isEmpty();
      assertThat(snapshots.crate(name("serd"), 3)).isEmpty();
    }
  }

  @Test
  default void tellsWhatChangedBetweenTwo(@TempDir Path folder) {
    try (Store store = open(folder)) {
      Snapshots snapshots = three(store);

      assertThat(all(snapshots.changed(1, 2)))
          .containsExactly(snapshotCrate("serde", "1.0.0", "1.0.1"), snapshotCrate("syn", "2.0.0"));
      assertThat(all(snapshots.changed(2, 3)))
          .containsExactly(new SnapshotCrate(name("serde_json"), List.of()));
      assertThat(all(snapshots.changed(1, 3))).hasSize(3);
      assertThat(all(snapshots.changed(3, 3))).isEmpty();
    }
  }

  @Test
  default void hasALeafForEachCrateWithLines(@TempDir Path folder) {
    try (Store store = open(folder)) {
      Snapshots snapshots = three(store);

      assertThat(all(snapshots.leaves(3)))
          .containsExactly(
              new Leaf("serde", snapshotCrate("serde", "1.0.0", "1.0.1").leaf()),
              new Leaf("syn", snapshotCrate("syn", "2.0.0").leaf()));
    }
  }

  @Test
  default void listsEveryRow(@TempDir Path folder) {
    try (Store store = open(folder)) {
      Snapshots snapshots = three(store);

      assertThat(all(snapshots.rows()))
          .containsExactly(
              new Row("serde", 1, false),
              new Row("serde", 2, false),
              new Row("serde_json", 1, false),
              new Row("serde_json", 3, true),
              new Row("syn", 2, false));
    }
  }

  @Test
  default void forgetsWhatIsDropped(@TempDir Path folder) {
    try (Store store = open(folder)) {
      Snapshots snapshots = three(store);
      put(
          store,
          new Write.DropSnapshotCrate(3, name("serde_json")),
          new Write.DropSnapshot(3),
          new Write.PutSnapshotCrate(2, snapshotCrate("syn", "2.0.1")));

      assertThat(snapshots.all()).containsExactly(Samples.snapshot(1), Samples.snapshot(2));
      assertThat(all(snapshots.crates(3)))
          .containsExactly(
              snapshotCrate("serde", "1.0.0", "1.0.1"),
              snapshotCrate("serde_json", "1.0.0"),
              snapshotCrate("syn", "2.0.1"));
    }
  }

  @Test
  default void holdsInBulkWhatWasSettled(@TempDir Path folder) {
    VerifiedCrate one = Samples.artefact(1, 5 << 20);
    VerifiedCrate two = Samples.artefact(2, 10);
    try (Store store = open(folder);
        Store.Bulk bulk = store.bulk()) {
      bulk.settle();
      bulk.put(one);
      bulk.put(two);
      assertThat(store.holdsArtefact(one.id().cksum())).isFalse();
      assertThat(all(store.artefacts())).isEmpty();

      bulk.settle();
      assertThat(store.artefact(one.id().cksum())).contains(one.bytes());
      assertThat(store.heldAs(two.id().cksum())).contains(two.id());
      bulk.put(Samples.artefact(3, 10));
      bulk.settle();
      assertThat(all(store.artefacts())).hasSize(3);
    }
  }

  @Test
  default void servesNoSnapshotUntilOneIsNamed(@TempDir Path folder) {
    try (Store store = open(folder)) {
      Snapshots snapshots = three(store);

      assertThat(snapshots.head()).isZero();
      put(store, new Write.PutMeta(Snapshots.HEAD, Bytes.utf8("2")));
      assertThat(snapshots.head()).isEqualTo(2);
    }
  }
}

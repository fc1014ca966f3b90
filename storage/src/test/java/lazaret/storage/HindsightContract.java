package lazaret.storage;

import static lazaret.storage.Samples.NOON;
import static lazaret.storage.Samples.id;
import static lazaret.storage.Samples.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.Access;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.desk.Batch.Write;
import lazaret.vetting.desk.SeenLockfile;
import lazaret.vetting.desk.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract of every store for recorded verdicts and their requesters.
public interface HindsightContract {
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

  @Test
  default void keepsVerdictsByVersionAndMoment(@TempDir Path folder) {
    try (Store store = open(folder)) {
      put(
          store,
          new Write.PutRuling(Samples.ruling(id("serde", "1.0.1"), 1)),
          new Write.PutRuling(Samples.ruling(id("serde", "1.0.0"), 70_000)),
          new Write.PutRuling(Samples.ruling(id("serde", "1.0.0"), 2)),
          new Write.PutRuling(Samples.ruling(id("serde_json", "1.0.0"), 3)),
          new Write.PutRuling(Samples.ruling(id("serd", "1.0.0"), 4)));

      assertThat(store.rulings(name("Serde")))
          .containsExactly(
              Samples.ruling(id("serde", "1.0.0"), 2),
              Samples.ruling(id("serde", "1.0.0"), 70_000),
              Samples.ruling(id("serde", "1.0.1"), 1));
      put(store, new Write.DropRuling(id("serde", "1.0.0"), NOON.plusSeconds(2)));
      assertThat(store.rulings(name("serde")))
          .containsExactly(
              Samples.ruling(id("serde", "1.0.0"), 70_000),
              Samples.ruling(id("serde", "1.0.1"), 1));
      assertThat(all(store.rulings()))
          .extracting(r -> r.id().name().published())
          .containsExactly("serd", "serde", "serde", "serde_json");
    }
  }

  @Test
  default void keepsReplacesAndDropsLockfiles(@TempDir Path folder) {
    SeenLockfile one = Samples.lockfile("one", "app/Cargo.lock", 1);
    SeenLockfile later = Samples.lockfile("one", "tool/Cargo.lock", 2);
    SeenLockfile two = Samples.lockfile("two", "-", 1);
    try (Store store = open(folder)) {
      put(store, new Write.PutLockfile(one), new Write.PutLockfile(two));
      put(store, new Write.PutLockfile(one.and(later)));

      assertThat(store.lockfile(one.digest())).contains(one.and(later));
      assertThat(all(store.lockfiles()))
          .containsExactlyElementsOf(
              Stream.of(one.and(later), two)
                  .sorted(Comparator.comparing(SeenLockfile::digest))
                  .toList());
      put(store, new Write.DropLockfile(one.digest()));
      assertThat(all(store.lockfiles())).containsExactly(two);
    }
  }

  @Test
  default void findsAndDropsTheAccessesOfOneVersionAndDay(@TempDir Path folder) {
    CrateId serde = id("serde", "1.0.0");
    Access wanted = Samples.access(StoreContract.DAY, serde, "ci", 2);
    Access other = Samples.access(StoreContract.DAY, serde, "-", 7);
    try (Store store = open(folder)) {
      put(
          store,
          new Write.AddAccess(wanted),
          new Write.AddAccess(other),
          new Write.AddAccess(Samples.access(StoreContract.DAY.plusDays(1), serde, "ci", 1)),
          new Write.AddAccess(Samples.access(StoreContract.DAY, id("serde", "1.0.0-rc"), "ci", 1)),
          new Write.AddAccess(Samples.access(StoreContract.DAY, id("serde", "1.0.10"), "ci", 1)));

      assertThat(all(store.accesses(StoreContract.DAY, serde.name(), serde.version())))
          .containsExactly(other, wanted);
      put(store, new Write.DropAccess(other));
      assertThat(all(store.accesses(StoreContract.DAY, serde.name(), serde.version())))
          .containsExactly(wanted);
      assertThat(all(store.accesses())).hasSize(4);
    }
  }
}

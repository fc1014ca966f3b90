package lazaret.storage;

import static lazaret.storage.Samples.NOON;
import static lazaret.storage.Samples.id;
import static lazaret.storage.Samples.name;
import static lazaret.storage.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.desk.Batch.Write;
import lazaret.vetting.desk.Store;
import lazaret.vetting.inspect.VerifiedCrate;
import lazaret.vetting.search.CrateSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract of every store for counts of rows and for summaries of crates.
public interface CountsContract {
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
  default void replacesTheSummaryOfACrate(@TempDir Path folder) {
    CrateSummary first = new CrateSummary(name("Foo-Bar"), version("1.0.0"), 3, "g", NOON, NOON);
    CrateSummary second = new CrateSummary(name("Foo-Bar"), null, 4, "h", NOON, null);
    try (Store store = open(folder)) {
      put(store, new Write.PutSummary(first));
      assertThat(store.summary(name("foo_bar"))).contains(first);
      put(store, new Write.PutSummary(second));
      assertThat(store.summary(name("foo-bar"))).contains(second);
      assertThat(all(store.names())).isEmpty();
    }
  }

  @Test
  default void countsRowsHoweverOftenTheyAreWritten(@TempDir Path folder) {
    VerifiedCrate artifact = Samples.artefact(1, 30);
    VerifiedCrate other = Samples.artefact(2, 5_000);
    try (Store store = open(folder)) {
      for (int i = 0; i < 3; i++) {
        put(
            store,
            new Write.PutFreshness(name("Zed"), Samples.freshness("e")),
            new Write.PutFreshness(name("a-b"), Samples.freshness("e")),
            new Write.PutArtefact(artifact),
            new Write.PutArtefact(artifact),
            new Write.PutArtefact(other),
            new Write.PutRequest(Samples.request(id("zed", "1.0.0"), 1)));
        assertThat(store.counts()).isEqualTo(new Store.Counts(2, 2, 1));
        assertThat(all(store.names())).containsExactly("a_b", "zed");
      }
      put(
          store,
          new Write.DropArtefact(artifact.id().cksum()),
          new Write.DropArtefact(artifact.id().cksum()),
          new Write.PutArtefact(artifact),
          new Write.DropRequest(name("Zed"), version("1.0.0")),
          new Write.DropRequest(name("Zed"), version("2.0.0")));
      put(store, new Write.DropArtefact(other.id().cksum()));
      assertThat(store.counts()).isEqualTo(new Store.Counts(2, 1, 0));
      try (Store.Bulk bulk = store.bulk()) {
        bulk.put(artifact);
        bulk.put(other);
        bulk.settle();
      }
      assertThat(store.counts()).isEqualTo(new Store.Counts(2, 2, 0));
      assertThat(store.checkEngine()).isEmpty();
    }
  }

  @Test
  default void countsRowsThatManyWriteAtOnce(@TempDir Path folder) throws Exception {
    try (Store store = open(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int seed = t;
        writers.add(
            threads.submit(
                () -> {
                  var random = new SplittableRandom(seed);
                  for (int i = 0; i < 40; i++) {
                    VerifiedCrate crate = Samples.artefact(random.nextInt(6), 30);
                    put(
                        store,
                        new Write.PutFreshness(
                            name("n" + random.nextInt(20)), Samples.freshness("e")),
                        random.nextBoolean()
                            ? new Write.PutArtefact(crate)
                            : new Write.DropArtefact(crate.id().cksum()));
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      assertThat(store.counts())
          .isEqualTo(new Store.Counts(all(store.names()).size(), all(store.artefacts()).size(), 0));
      assertThat(store.checkEngine()).isEmpty();
    }
  }
}

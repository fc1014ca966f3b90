package lazaret.bundle.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.bundle.format.FeedChanges;
import lazaret.bundle.format.Formats;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileService;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The memory of the exporting side about earlier bundles: files, and states of feeds.
class CarriedStatesTest {
  private final InMemoryStore store = new InMemoryStore();
  @TempDir Path folder;

  private static SortedSet<Sha256> digests(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Sha256.of(Bytes.utf8("file " + i)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void noted(long sequence, SortedSet<Sha256> named, Set<Long> kept) {
    var _ = store.commit(Batch.synced(new CarriedFileRows(store).noted(sequence, named, kept)));
  }

  @Test
  void filesAreHeldIfAllBasesNamedThem() {
    noted(1, digests(0, 9_000), Set.of());
    noted(2, digests(1, 9_001), Set.of(1L));
    CarriedFileRows carried = new CarriedFileRows(store);

    assertThat(carried.heldBy(List.of(1L))).isEqualTo(digests(0, 9_000));
    assertThat(carried.heldBy(List.of(1L, 2L))).isEqualTo(digests(1, 9_000));
    assertThat(carried.heldBy(List.of(1L, 3L))).isEmpty();
    assertThat(carried.heldBy(List.of())).isEmpty();
  }

  @Test
  void recordsOfSnapshotsThatAreNotKeptAreDropped() {
    noted(1, digests(0, 5), Set.of());
    noted(2, digests(0, 6), Set.of());

    assertThat(new CarriedFileRows(store).heldBy(List.of(1L))).isEmpty();
    assertThat(new CarriedFileRows(store).heldBy(List.of(2L))).hasSize(6);
  }

  @Test
  void statesOfFeedsAreFoundBySnapshotAndTheNewestOnes() throws IOException {
    SiteFileService files = new SiteFileService(store, FolderSiteFileStore.open(folder));
    FeedStates states = new FeedStates(files);
    assertThat(states.newest()).isEmpty();

    states.put(FeedStates.ofSnapshot(1), List.of(Formats.feed("osv")), Formats.NOW);
    for (int i = 2; i < 70; i++) {
      states.put(FeedStates.ofSnapshot(i), List.of(), Formats.NOW);
    }
    states.put("advisories-1", List.of(Formats.feed("osv"), Formats.feed("rustsec")), Formats.NOW);

    assertThat(states.find(FeedStates.ofSnapshot(1))).isEmpty();
    assertThat(states.find(FeedStates.ofSnapshot(69)).orElseThrow().of("osv")).isEmpty();
    FeedStates.State newest = states.newest().orElseThrow();
    assertThat(newest.of("rustsec"))
        .contains(FeedChanges.records(Formats.feed("rustsec")).keySet());
    assertThat(newest.of("other")).isEmpty();
    assertThat(files.list(SiteFileCollection.ADVISORIES, "", 1_000)).hasSizeLessThan(65);
  }
}

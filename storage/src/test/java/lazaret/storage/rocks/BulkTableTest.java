package lazaret.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed during a bulk import of artifacts.
class BulkTableTest {
  @Test
  void whatWasSettledIsHeldAndNothingElse(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("data");
    Process child = ChildJvm.start(List.of(), BulkChild.class, data.toString());
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).isEqualTo("taken");
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(data.resolve("store.arriving")).isNotEmptyDirectory();
    try (RocksStore store = CrashChild.open(data)) {
      assertThat(data.resolve("store.arriving")).doesNotExist();
      for (int i = 0; i < 2 * BulkChild.EACH; i++) {
        VerifiedCrate crate = StoreSamples.artifact(i, BulkChild.SIZE);
        Sha256 cksum = crate.id().cksum();
        boolean settled = i < BulkChild.EACH;
        assertThat(store.hasArtifact(cksum)).as("artefact " + i).isEqualTo(settled);
        if (settled) {
          assertThat(store.artifact(cksum)).as("artefact " + i).contains(crate.bytes());
        }
      }
      try (var all = store.artifacts()) {
        assertThat(all).hasSize(BulkChild.EACH);
      }
      assertThat(store.checkEngine()).isEmpty();
    }
  }

  @Test
  void takesThemInAnyOrderAndMoreThanOnce(@TempDir Path folder) {
    List<VerifiedCrate> crates =
        IntStream.range(0, 60).mapToObj(i -> StoreSamples.artifact(i % 40, 200_000)).toList();
    try (RocksStore store = CrashChild.open(folder.resolve("data"));
        Store.BulkWriter bulk = store.bulk()) {
      for (int round = 0; round < 2; round++) {
        crates.forEach(bulk::put);
        bulk.settle();
        for (VerifiedCrate crate : crates) {
          assertThat(store.artifact(crate.id().cksum())).contains(crate.bytes());
        }
      }
      assertThat(store.checkEngine()).isEmpty();
    }
  }

  @Test
  void letsGoOfWhatIsNotSettled(@TempDir Path folder) {
    Path data = folder.resolve("data");
    VerifiedCrate one = StoreSamples.artifact(1, 5 << 20);
    try (RocksStore store = CrashChild.open(data)) {
      try (Store.BulkWriter bulk = store.bulk()) {
        bulk.put(one);
        assertThat(data.resolve("store.arriving")).isNotEmptyDirectory();
      }
      assertThat(data.resolve("store.arriving")).isEmptyDirectory();
      try (Store.BulkWriter bulk = store.bulk()) {
        bulk.put(StoreSamples.artifact(2, 10));
        bulk.settle();
      }
      assertThat(store.hasArtifact(one.id().cksum())).isFalse();
      assertThat(store.hasArtifact(StoreSamples.artifact(2, 10).id().cksum())).isTrue();
    }
  }
}

package lazaret.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lazaret.storage.Samples;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.VerifiedCrate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed while it takes artefacts in bulk.
class BulkTest {
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

    try (RocksStore store = CrashChild.open(data)) {
      for (int i = 0; i < 2 * BulkChild.EACH; i++) {
        VerifiedCrate crate = Samples.artefact(i, BulkChild.SIZE);
        Sha256 cksum = crate.id().cksum();
        boolean settled = i < BulkChild.EACH;
        assertThat(store.holdsArtefact(cksum)).as("artefact " + i).isEqualTo(settled);
        if (settled) {
          assertThat(store.artefact(cksum)).as("artefact " + i).contains(crate.bytes());
        }
      }
      try (var all = store.artefacts()) {
        assertThat(all).hasSize(BulkChild.EACH);
      }
      assertThat(store.checkEngine()).isEmpty();
    }
  }
}

package lazaret.storage.rocks;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static lazaret.vetting.gate.fixture.StoreSamples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file system that the kernel makes read-only under an open store, as ext4 does after a disk
/// error. Needs root and a loop device.
@Tag("ci")
class ReadOnlyRemountTest {
  private static final VerifiedCrate ARTIFACT = StoreSamples.artifact(1, 100_000);

  @TempDir private Path temp;
  private Path mounted;

  @BeforeEach
  void mount() throws Exception {
    Path image = temp.resolve("image");
    mounted = Files.createDirectory(temp.resolve("mounted"));
    assumeTrue(
        run("truncate", "-s", "160M", image.toString())
            && run("mkfs.ext4", "-q", "-F", image.toString())
            && run("mount", "-o", "loop,errors=remount-ro", image.toString(), mounted.toString()),
        "only root can mount a file of its own");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-l", mounted.toString());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  @Test
  void servesWhatIsHeldAfterAReadOnlyRemount() throws Exception {
    RocksOptions options = RocksOptions.DEFAULT.withMinFreeBytes(16L << 20);
    try (RocksStore store =
        RocksStore.open(
            mounted.resolve("data"), options, Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC))) {
      store.commit(
          Batch.synced(
              List.of(
                  new Write.PutArtifact(ARTIFACT),
                  new Write.PutCrate(StoreSamples.held("serde", "1.0.0")))));
      decide(store, 1);
      assertThat(run("mount", "-o", "remount,abort", mounted.toString())).isTrue();

      // Longer than the engine waits before it opens a failing database again.
      long end = System.nanoTime() + Duration.ofSeconds(ChildJvm.all() ? 40 : 15).toNanos();
      while (System.nanoTime() < end) {
        assertThatThrownBy(() -> decide(store, 2))
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
        assertThat(store.artifact(ARTIFACT.id().cksum())).contains(ARTIFACT.bytes());
        assertThat(store.crate(name("serde"))).isPresent();
        assertThat(store.decisions(name("serde"))).hasSize(1);
        LockSupport.parkNanos(500_000_000);
      }
      assertThat(store.refusedDecision()).contains(ErrorCode.STORE_FAILED);
      assertThat(store.diskUsage().admits()).isFalse();
    }
  }

  private static void decide(RocksStore store, int number) {
    store.commit(
        Batch.synced(
            List.of(new Write.Append(StoreSamples.approval(id("serde", "1.0.0"), number)))));
  }
}

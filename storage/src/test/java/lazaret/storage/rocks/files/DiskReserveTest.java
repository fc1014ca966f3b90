package lazaret.storage.rocks.files;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static lazaret.vetting.gate.fixture.StoreSamples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Decisions and openings on a file system that other programs filled to the last byte. Needs root,
/// to mount it.
class DiskReserveTest {
  private static final int MIB = 1 << 20;
  private static final VerifiedCrate ARTIFACT = StoreSamples.artifact(1, 100_000);

  @TempDir private Path folder;

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=96m", "lazaret-test", folder.toString()),
        "only root can mount a small file system");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-l", folder.toString());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  private RocksStore open() {
    return RocksStore.open(
        folder.resolve("data"),
        RocksOptions.DEFAULT.withMinFreeBytes(32 * MIB).withWriteBufferBytes(4 * MIB),
        Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC));
  }

  /// Writes until the file system is full.
  private Path fillUp() {
    Path filler = folder.resolve("filler-" + System.nanoTime());
    byte[] chunk = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(chunk);
      }
    } catch (IOException _) {
      assertThat(folder.toFile().getUsableSpace()).isLessThan(4096);
      return filler;
    }
  }

  private static void fill(RocksStore store) {
    store.commit(
        Batch.synced(
            List.of(
                new Write.PutArtifact(ARTIFACT),
                new Write.PutCrate(StoreSamples.held("serde", "1.0.0")),
                new Write.PutView(name("serde"), StoreSamples.view("{}\n")))));
  }

  private static void deny(RocksStore store, int number) {
    store.commit(
        Batch.synced(
            List.of(
                new Write.Append(StoreSamples.approval(id("serde", "1.0.0"), number)),
                new Write.PutView(name("serde"), StoreSamples.view("{\"yanked\":true}\n")))));
  }

  private static void assertRefused(Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL));
  }

  private void assertHeld(RocksStore store, int decisions) {
    assertThat(store.artifact(ARTIFACT.id().cksum())).contains(ARTIFACT.bytes());
    assertThat(store.crate(name("serde"))).isPresent();
    assertThat(store.decisions(name("serde"))).hasSize(decisions);
    assertThat(store.checkEngine()).isEmpty();
  }

  @Test
  void decisionsFindRoomAtZeroBytesFreeAndNothingElseDoes() {
    try (RocksStore store = open()) {
      fill(store);
      fillUp();
      for (int i = 1; i <= 100; i++) {
        deny(store, i);
      }

      assertRefused(
          () ->
              store.commit(
                  Batch.relaxed(List.of(new Write.PutCrate(StoreSamples.held("a", "1.0.0"))))));
      assertRefused(
          () -> store.commit(Batch.synced(List.of(new Write.PutMeta("x", Bytes.utf8("y"))))));
      assertRefused(
          () ->
              store.commit(
                  Batch.synced(
                      List.of(new Write.PutRequest(StoreSamples.request(id("a", "1.0.0"), 1))))));
      assertThat(store.refusedDecision()).isEmpty();
      assertThat(store.diskUsage().admits()).isFalse();
      assertHeld(store, 100);
    }
  }

  @Test
  void opensAndDecidesAtZeroBytesFreeAgainAndAgain() {
    try (RocksStore store = open()) {
      fill(store);
      fillUp();
    }
    for (int i = 1; i <= 6; i++) {
      fillUp();
      try (RocksStore store = open()) {
        fillUp();
        assertHeld(store, i - 1);
        deny(store, i);
      }
    }
  }

  @Test
  void refillsTheReserveWhenThereIsRoom() throws IOException {
    Path reserve = folder.resolve("data").resolve(DiskReserve.FILE);
    Path filler;
    try (RocksStore store = open()) {
      fill(store);
      assertThat(Files.size(reserve)).isEqualTo(8L * MIB);
      filler = fillUp();
      for (int i = 1; i <= 50; i++) {
        deny(store, i);
      }
      assertThat(Files.size(reserve)).isLessThan(8L * MIB);
      Files.delete(filler);
      deny(store, 51);

      assertThat(Files.size(reserve)).isEqualTo(8L * MIB);
      assertThat(store.diskUsage().admits()).isTrue();
    }
  }

  @Test
  void indexFilesAndRecordsOfUseLeaveHalfOfTheRoomToOthers() throws IOException {
    try (RocksStore store = open()) {
      fill(store);
      long free = Files.getFileStore(folder).getUsableSpace();
      Files.write(folder.resolve("filler"), new byte[(int) (free - 15L * MIB)]);

      assertRefused(
          () ->
              store.commit(
                  Batch.relaxed(List.of(new Write.PutCrate(StoreSamples.held("a", "1.0.0"))))));
      store.commit(Batch.synced(List.of(new Write.PutMeta("x", Bytes.utf8("y")))));
      deny(store, 1);
      assertHeld(store, 1);
    }
  }

  @Test
  void saysThatDecisionsAreRefusedUntilOneIsRecorded() throws IOException {
    try (RocksStore store = open()) {
      fill(store);
      Path filler = fillUp();
      assertRefused(
          () -> {
            for (int i = 1; ; i++) {
              if (i % 50 == 0) {
                fillUp();
              }
              deny(store, i);
            }
          });
      assertThat(store.refusedDecision()).contains(ErrorCode.DISK_FULL);
      assertThat(store.artifact(ARTIFACT.id().cksum())).contains(ARTIFACT.bytes());

      Files.delete(filler);
      deny(store, 1);
      assertThat(store.refusedDecision()).isEmpty();
    }
  }
}

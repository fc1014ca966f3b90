package lazaret.storage.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lazaret.storage.record.StoredArtifact;
import lazaret.storage.rocks.ChildJvm;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupArchiveTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path folder;

  private static void writeEmpty(Path archive, Instant created) {
    try (BackupWriter writer = BackupWriter.begin(archive, created)) {
      writer.finish(0, LedgerEntry.GENESIS);
    }
  }

  @Test
  void listsStatesByTheirTimeAndNotByTheirName() {
    Path archive = folder.resolve("a.archive");
    writeEmpty(archive, NOON.plusMillis(500));
    writeEmpty(archive, NOON.plusSeconds(1));
    writeEmpty(archive, NOON);

    assertThat(BackupArchive.states(archive))
        .extracting(BackupArchive.State::created)
        .containsExactly(NOON, NOON.plusMillis(500), NOON.plusSeconds(1));
  }

  @Test
  void takesOneBackupAtATime() throws IOException {
    Path archive = folder.resolve("a.archive");
    try (BackupWriter _ = BackupWriter.begin(archive, NOON)) {
      assertThatThrownBy(() -> BackupWriter.begin(archive, NOON))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "cannot write to the archive '%s': another backup runs; wait for its end"
                  .formatted(archive));
    }
    writeEmpty(archive, NOON);
    assertThat(BackupArchive.states(archive)).hasSize(1);
    assertThat(Files.isRegularFile(archive.resolve("lazaret-archive"))).isTrue();
  }

  /// A process that begins a backup into an archive and fails if that is refused.
  static final class OtherProcess {
    private OtherProcess() {}

    static void main(String[] arguments) {
      try (BackupWriter _ = BackupWriter.begin(Path.of(arguments[0]), NOON)) {
        // The end without a manifest is no state.
      } catch (StoreException _) {
        System.exit(7);
      }
    }

    static int run(Path archive) throws IOException, InterruptedException {
      return ChildJvm.start(List.of(), OtherProcess.class, archive.toString()).waitFor();
    }
  }

  @Test
  void refusedBackupDoesNotEndTheLockOfTheRunningOne() throws Exception {
    Path archive = folder.resolve("a.archive");
    Path link = Files.createSymbolicLink(folder.resolve("b.archive"), archive);
    try (BackupWriter _ = BackupWriter.begin(archive, NOON)) {
      for (Path again : List.of(archive, link)) {
        assertThatThrownBy(() -> BackupWriter.begin(again, NOON))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("another backup runs");
      }

      assertThat(OtherProcess.run(archive)).isEqualTo(7);
    }
    assertThat(OtherProcess.run(archive)).isZero();
  }

  private static StoredArtifact artifact(int seed) {
    VerifiedCrate crate = StoreSamples.artifact(seed, 100);
    return new StoredArtifact(crate.id(), crate.bytes().length());
  }

  private static void put(BackupWriter writer, int seed) {
    writer.putArtifact(artifact(seed), () -> Optional.of(StoreSamples.artifact(seed, 100).bytes()));
  }

  private static void putUnread(BackupWriter writer, int seed, ErrorCode code) {
    writer.putArtifact(
        artifact(seed),
        () -> {
          throw new StoreException(code, "cannot read it", null);
        });
  }

  private boolean isIn(Path archive, int seed) {
    return Files.exists(BackupArchive.object(archive, artifact(seed).id().cksum()));
  }

  @Test
  void leavesOutArtifactsThatCannotBeRead() {
    Path archive = folder.resolve("a.archive");
    try (BackupWriter writer = BackupWriter.begin(archive, NOON)) {
      putUnread(writer, 1, ErrorCode.STORE_UNAVAILABLE);
      putUnread(writer, 2, ErrorCode.STORE_CORRUPT);
      writer.putArtifact(artifact(3), () -> Optional.of(StoreSamples.artifact(4, 100).bytes()));
      writer.putArtifact(artifact(4), Optional::empty);
      put(writer, 5);
      assertThat(writer.omitted()).as("one was removed, and is not counted").isEqualTo(3);
      assertThatThrownBy(() -> putUnread(writer, 6, ErrorCode.STORE_FAILED))
          .isInstanceOf(StoreException.class);
      writer.finish(0, LedgerEntry.GENESIS);
    }

    assertThat(BackupArchive.states(archive)).hasSize(1);
    assertThat(isIn(archive, 5)).isTrue();
    assertThat(List.of(1, 2, 3, 4)).noneMatch(seed -> isIn(archive, seed));
  }

  @Test
  void readsNoArtifactAfterTwentyInARowThatTheStoreDoesNotGive() {
    Path archive = folder.resolve("a.archive");
    try (BackupWriter writer = BackupWriter.begin(archive, NOON)) {
      put(writer, 99);
      for (int i = 0; i < 30; i++) {
        putUnread(writer, i, ErrorCode.STORE_CORRUPT);
      }
      for (int i = 30; i < 49; i++) {
        putUnread(writer, i, ErrorCode.STORE_UNAVAILABLE);
      }
      put(writer, 49);
      for (int i = 50; i < 70; i++) {
        putUnread(writer, i, ErrorCode.STORE_UNAVAILABLE);
      }
      put(writer, 70);
      put(writer, 99);
      assertThat(writer.omitted()).isEqualTo(30 + 19 + 20 + 1);
      writer.finish(0, LedgerEntry.GENESIS);
    }

    assertThat(isIn(archive, 49)).isTrue();
    assertThat(isIn(archive, 70)).isFalse();
    assertThat(BackupArchive.states(archive)).hasSize(1);
  }

  @Test
  void prunesNothingIfAFileOfAStateThatStaysIsDamaged() throws IOException {
    Path archive = folder.resolve("a.archive");
    for (int state = 0; state < 2; state++) {
      try (BackupWriter writer = BackupWriter.begin(archive, NOON.plusSeconds(state))) {
        put(writer, 1);
        put(writer, 2 + state);
        writer.finish(0, LedgerEntry.GENESIS);
      }
    }
    BackupManifest.Part kept =
        BackupArchive.read(BackupArchive.states(archive).getLast().file()).parts().getFirst();
    Path part = BackupArchive.part(archive, kept.sha256());
    byte[] whole = Files.readAllBytes(part);
    byte[] damaged = whole.clone();
    // The kind of a record: the part seems to have no artifacts.
    damaged[0] = (byte) BackupFrameKind.META.code();
    for (byte[] bytes : List.of(damaged, Arrays.copyOf(whole, whole.length - 1))) {
      Files.write(part, bytes);

      assertThatThrownBy(() -> BackupArchive.prune(archive, 1))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("cannot read the archive '" + archive + "': '" + kept.name())
          .extracting(e -> ((StoreException) e).code())
          .isEqualTo(ErrorCode.STORE_CORRUPT);

      assertThat(BackupArchive.states(archive)).hasSize(2);
      assertThat(List.of(1, 2, 3)).allMatch(seed -> isIn(archive, seed));
    }
    Files.write(part, whole);
    assertThat(BackupArchive.prune(archive, 1).states()).isEqualTo(1);
    assertThat(isIn(archive, 1)).isTrue();
    assertThat(isIn(archive, 2)).isFalse();
  }

  @Test
  void stateWithoutManifestIsNone() {
    Path archive = folder.resolve("a.archive");
    try (BackupWriter writer = BackupWriter.begin(archive, NOON)) {
      writer.put(BackupFrameKind.META, new byte[] {'a'}, new byte[] {1, 2, 3});
    }

    assertThat(BackupArchive.states(archive)).isEmpty();
  }

  @Test
  void folderWithOtherFilesDoesNotBecomeAnArchive() throws IOException {
    Path archive = Files.createDirectory(folder.resolve("a.archive"));
    Files.createFile(archive.resolve("mine"));

    assertThatThrownBy(() -> BackupWriter.begin(archive, NOON))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "cannot write a backup to '" + archive + "': it is not empty; name a new folder");
  }

  @Test
  void folderOfABackupIsNoArchive() {
    Path backup = folder.resolve("backup");
    writeEmpty(backup, NOON);

    assertThatThrownBy(() -> BackupArchive.prune(backup, 1))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "cannot read the archive '%s': it has no file 'lazaret-archive'; name an archive"
                .formatted(backup));
  }
}

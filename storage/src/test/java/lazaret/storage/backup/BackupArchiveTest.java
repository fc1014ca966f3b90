package lazaret.storage.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import lazaret.vetting.MalformedException;
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

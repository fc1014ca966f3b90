package lazaret.storage.backup;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static lazaret.vetting.gate.fixture.StoreSamples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract of every store for backups into an archive.
public interface ArchiveContract {
  /// Opens a store that keeps its data in a folder.
  Store open(Path folder);

  /// Restores a backup into an empty folder and opens the store.
  Store restore(Path backup, Path folder);

  /// The number of downloads, whose records are several parts.
  int DOWNLOADS = 4_000;

  VerifiedCrate FIRST = StoreSamples.artifact(1, 1 << 20);
  VerifiedCrate SECOND = StoreSamples.artifact(2, 100);

  private static void fill(Store store) {
    List<Write> writes = new ArrayList<>();
    writes.add(new Write.PutCrate(StoreSamples.held("serde", "1.0.0")));
    writes.add(new Write.PutFreshness(name("serde"), StoreSamples.freshness("\"a\"")));
    writes.add(new Write.Append(StoreSamples.approval(id("serde", "1.0.0"), 7)));
    writes.add(new Write.PutArtifact(FIRST));
    for (int i = 0; i < DOWNLOADS; i++) {
      writes.add(
          new Write.AddDownload(
              StoreSamples.access(
                  LocalDate.of(2026, 1, 1).plusDays(i / 100),
                  id("serde", "1.0.0"),
                  "token" + i,
                  i + 1)));
    }
    store.commit(Batch.synced(writes));
  }

  /// Changes one download in the middle, and adds an event and an artifact.
  private static void change(Store store) {
    store.commit(
        Batch.synced(
            List.of(
                new Write.AddDownload(
                    StoreSamples.access(
                        LocalDate.of(2026, 1, 21), id("serde", "1.0.0"), "token2050", 1)),
                new Write.Append(StoreSamples.notice("later")),
                new Write.PutArtifact(SECOND))));
  }

  /// Returns the sizes of the files below a folder, by path.
  private static Map<Path, Long> files(Path folder) throws IOException {
    Map<Path, Long> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file), Files.size(file));
      }
    }
    return files;
  }

  /// Gives the last state an earlier time, so that the next one, of the same clock, is another one.
  private static Path makeEarlier(Path archive) throws IOException {
    Path newest = BackupArchive.states(archive).getLast().file();
    return Files.move(newest, newest.resolveSibling("2020-01-01T00:00:00Z.manifest"));
  }

  @Test
  default void restoresEachStateOfAnArchive(@TempDir Path folder) throws IOException {
    Path archive = folder.resolve("lazaret.archive");
    Path earlier;
    try (Store store = open(folder.resolve("a"))) {
      fill(store);
      store.backup(archive);
      earlier = makeEarlier(archive);
      change(store);
      store.backup(archive);
    }

    try (Store restored = restore(archive, folder.resolve("b"))) {
      assertThat(restored.ledgerHead().orElseThrow().sequence()).isEqualTo(2);
      assertThat(restored.artifact(FIRST.id().cksum())).contains(FIRST.bytes());
      assertThat(restored.artifact(SECOND.id().cksum())).contains(SECOND.bytes());
      assertThat(restored.checkEngine()).isEmpty();
    }
    try (Store restored = restore(earlier, folder.resolve("c"));
        Stream<?> downloads = restored.accesses()) {
      assertThat(restored.ledgerHead().orElseThrow().sequence()).isEqualTo(1);
      assertThat(restored.hasArtifact(SECOND.id().cksum())).isFalse();
      assertThat(downloads).hasSize(DOWNLOADS);
    }
  }

  @Test
  default void addsWhatChangedAlone(@TempDir Path folder) throws IOException {
    Path archive = folder.resolve("lazaret.archive");
    try (Store store = open(folder.resolve("a"))) {
      fill(store);
      store.backup(archive);
      Path _ = makeEarlier(archive);
      Map<Path, Long> before = files(archive);
      change(store);
      store.backup(archive);

      Map<Path, Long> after = files(archive);
      assertThat(after).containsAllEntriesOf(before);
      List<Long> parts = new ArrayList<>();
      after.forEach(
          (file, bytes) -> {
            if (!before.containsKey(file) && file.startsWith("parts")) {
              parts.add(bytes);
            }
          });
      long records = before.values().stream().mapToLong(bytes -> bytes).sum();
      assertThat(parts).as("downloads, ledger, artifacts").hasSizeBetween(3, 5);
      assertThat(parts.stream().mapToLong(bytes -> bytes).sum()).isLessThan(records / 2);
      assertThat(archive.resolve("objects").resolve(SECOND.id().cksum().hex().substring(0, 2)))
          .isDirectory();
    }
  }

  @Test
  default void writesAnEqualStateWithoutFiles(@TempDir Path folder) throws IOException {
    Path archive = folder.resolve("lazaret.archive");
    try (Store store = open(folder.resolve("a"))) {
      fill(store);
      store.backup(archive);
      Path _ = makeEarlier(archive);
      Map<Path, Long> before = files(archive);
      store.backup(archive);

      assertThat(files(archive)).hasSize(before.size() + 1);
      assertThat(BackupArchive.states(archive)).hasSize(2);
    }
  }

  @Test
  default void prunesStatesWithTheFilesThatNoOtherNeeds(@TempDir Path folder) throws IOException {
    Path archive = folder.resolve("lazaret.archive");
    try (Store store = open(folder.resolve("a"))) {
      fill(store);
      store.backup(archive);
      Path _ = makeEarlier(archive);
      store.commit(Batch.synced(List.of(new Write.DropArtifact(FIRST.id().cksum()))));
      change(store);
      store.backup(archive);
    }
    Files.writeString(archive.resolve("parts/left.new"), "an interrupted write");

    BackupArchive.Removed removed = BackupArchive.prune(archive, 1);

    assertThat(removed.states()).isEqualTo(1);
    assertThat(removed.bytes()).isGreaterThan(FIRST.bytes().length());
    assertThat(BackupArchive.states(archive)).hasSize(1);
    assertThat(archive.resolve("parts/left.new")).doesNotExist();
    assertThat(BackupArchive.object(archive, FIRST.id().cksum())).doesNotExist();
    assertThat(BackupArchive.prune(archive, 1)).isEqualTo(new BackupArchive.Removed(0, 0, 0));
    restore(archive, folder.resolve("b")).close();
  }

  @Test
  default void refusesADamagedArchive(@TempDir Path folder) throws IOException {
    Path archive = folder.resolve("lazaret.archive");
    try (Store store = open(folder.resolve("a"))) {
      fill(store);
      store.backup(archive);
    }
    Path object = BackupArchive.object(archive, FIRST.id().cksum());
    byte[] bytes = Files.readAllBytes(object);

    byte[] flipped = bytes.clone();
    flipped[1_000] ^= 4;
    Files.write(object, flipped);
    refused(archive, folder, "the bytes of " + FIRST.id() + " do not have its SHA-256");
    Files.write(object, Arrays.copyOf(bytes, bytes.length - 1));
    refused(
        archive, folder, "the bytes of " + FIRST.id() + " are missing or not as long as they were");
    Files.write(object, bytes);
    for (Path file : files(archive.resolve("parts")).keySet()) {
      Path part = archive.resolve("parts").resolve(file);
      byte[] whole = Files.readAllBytes(part);
      Files.delete(part);
      refused(archive, folder, "'" + part.getFileName() + "' is missing or not as long as it was");
      Files.write(part, whole);
    }
    restore(archive, folder.resolve("b")).close();
  }

  @Test
  default void writesDamagedFilesAgainOnceTheyWereFound(@TempDir Path folder) throws IOException {
    Path archive = folder.resolve("lazaret.archive");
    Path earlier;
    int damaged = 0;
    try (Store store = open(folder.resolve("a"))) {
      fill(store);
      store.backup(archive);
      earlier = makeEarlier(archive);
      for (String kind : List.of("parts", "objects")) {
        for (Path file : files(archive.resolve(kind)).keySet()) {
          Path whole = archive.resolve(kind).resolve(file);
          byte[] bytes = Files.readAllBytes(whole);
          bytes[bytes.length - 1] ^= 1;
          Files.write(whole, bytes);
          damaged++;
        }
      }

      assertThat(BackupArchive.setDamagedAside(earlier)).isEqualTo(damaged).isGreaterThan(2);
      store.backup(archive);
    }

    assertThat(BackupArchive.setDamagedAside(archive)).isZero();
    restore(earlier, folder.resolve("b")).close();
    restore(archive, folder.resolve("c")).close();
    assertThat(BackupArchive.prune(archive, 2).files()).isEqualTo(damaged);
  }

  private void refused(Path archive, Path folder, String why) {
    assertThatThrownBy(() -> restore(archive, folder.resolve("refused")))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "cannot restore the backup in '" + archive + "': " + why + "; use another backup")
        .extracting(e -> ((StoreException) e).code())
        .isEqualTo(ErrorCode.STORE_CORRUPT);
  }
}

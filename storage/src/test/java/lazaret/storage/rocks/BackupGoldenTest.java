package lazaret.storage.rocks;

import static lazaret.vetting.gate.fixture.StoreSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import lazaret.storage.StoredGoldenFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A backup of one record of each kind, as it was written when the form was frozen: it is written
/// with the same bytes by the store, and read back. A backup is never rewritten.
class BackupGoldenTest {
  /// The newest one, with the use and the removal of an artifact.
  private static final String NEWEST = "backup-uses.txt";

  private static final StoredGoldenFiles GOLDEN = StoredGoldenFiles.of(NEWEST);
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  @TempDir Path folder;

  private static Store open(Path data) {
    return RocksStore.open(data, RocksOptions.DEFAULT.withMinFreeBytes(0), CLOCK);
  }

  @Test
  void backupIsWrittenWithTheSameBytes() throws IOException {
    Path files = folder.resolve("backup");
    try (Store store = open(folder.resolve("data"))) {
      store.commit(Batch.synced(StoredRowsTest.writes()));
      store.backup(files);
    }

    assertThat(Files.readString(files.resolve("lazaret-backup")))
        .isEqualTo(Bytes.of(GOLDEN.bytes("lazaret-backup")).text());
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(files.resolve("part-000001"))))
        .isEqualTo(GOLDEN.text("part-000001"));
    try (Stream<Path> all = Files.list(files)) {
      assertThat(all).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup.txt", "backup-desk.txt", NEWEST})
  void backupOfThenIsReadBack(String file) throws IOException {
    StoredGoldenFiles golden = StoredGoldenFiles.of(file);
    Path backup = Files.createDirectory(folder.resolve("backup"));
    for (String name : golden.lines().keySet()) {
      Files.write(backup.resolve(name), golden.bytes(name));
    }

    RocksStore.restore(backup, folder.resolve("data"));

    try (Store expected = new InMemoryStore();
        Store store = open(folder.resolve("data"))) {
      expected.commit(Batch.synced(StoredRowsTest.writes()));
      List<Function<Store, Stream<?>>> streams =
          List.of(
              Store::crates,
              Store::artifacts,
              s -> s.ledger(0),
              Store::requests,
              Store::accesses,
              Store::verdicts,
              Store::lockfiles,
              s -> s.feeds().stream(),
              s -> s.snapshots().all().stream(),
              s -> s.snapshots().crates(1));
      for (Function<Store, Stream<?>> stream : streams) {
        assertThat(all(store, stream)).isEqualTo(all(expected, stream)).isNotEmpty();
      }
      assertThat(store.meta("some.name").map(Bytes::text)).contains("a value");
      assertThat(store.view(StoreSamples.name("Some-Crate"))).isPresent();
      assertThat(store.freshness(StoreSamples.name("Some-Crate"))).isPresent();
      assertThat(store.tokens()).isEmpty();
    }
  }

  private static List<?> all(Store store, Function<Store, Stream<?>> stream) {
    try (Stream<?> values = stream.apply(store)) {
      return values.toList();
    }
  }
}

package lazaret.storage.rocks;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static lazaret.vetting.gate.fixture.StoreSamples.name;
import static lazaret.vetting.gate.fixture.StoreSamples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bytes that change on disk under the store.
@Tag("ci")
class CorruptArtifactTest {
  private static final VerifiedCrate ARTIFACT = StoreSamples.artifact(1, 100_000);

  @TempDir private Path temp;

  private RocksStore open() {
    return RocksStore.open(
        temp.resolve("data"), RocksOptions.DEFAULT, Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC));
  }

  private void fill() {
    try (RocksStore store = open();
        Store.BulkWriter bulk = store.bulk()) {
      bulk.put(StoreSamples.artifact(2, 100_000));
      bulk.settle();
      store.commit(
          Batch.synced(
              List.of(
                  new Write.PutArtifact(ARTIFACT),
                  new Write.PutCrate(StoreSamples.held("serde", "1.0.0")),
                  new Write.PutView(name("serde"), StoreSamples.view("{}\n")),
                  new Write.PutFreshness(name("serde"), StoreSamples.freshness("\"1\"")),
                  new Write.PutRequest(StoreSamples.request(id("serde", "1.0.0"), 1)),
                  new Write.Append(StoreSamples.approval(id("serde", "1.0.0"), 1)),
                  new Write.PutMeta("x", Bytes.utf8("y")))));
    }
  }

  private static List<Consumer<Store>> reads() {
    return List.of(
        s -> s.crate(name("serde")),
        s -> s.view(name("serde")),
        s -> s.freshness(name("serde")),
        s -> s.request(name("serde"), version("1.0.0")),
        s -> s.decisions(name("serde")),
        s -> s.artifact(ARTIFACT.id().cksum()),
        s -> s.unchangedArtifact(ARTIFACT.id().cksum()),
        s -> s.artifact(StoreSamples.artifact(2, 100_000).id().cksum()),
        s -> s.hasArtifact(ARTIFACT.id().cksum()),
        s -> s.meta("x"),
        Store::ledgerHead,
        s -> consume(s.ledger(0)),
        s -> consume(s.crates()),
        s -> consume(s.artifacts()));
  }

  private static void consume(Stream<?> stream) {
    try (stream) {
      assertThat(stream.count()).isNotNegative();
    }
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("data/store"))) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 0x10;
    Files.write(file, bytes);
  }

  @Test
  void saysThatAnArtifactHasRottenAndLeavesItOutOfABackup() throws IOException {
    fill();
    Path blob = files(".blob").getFirst();
    flip(blob, (int) Files.size(blob) / 2);

    try (RocksStore store = open()) {
      Sha256 cksum = ARTIFACT.id().cksum();
      assertThat(store.hasArtifact(cksum)).isTrue();
      assertThatThrownBy(() -> store.artifact(cksum))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT));
      assertThat(store.backup(temp.resolve("backup"))).isEqualTo(1);
    }
    RocksStore.restore(temp.resolve("backup"), temp.resolve("restored"));
    try (RocksStore store =
        RocksStore.open(
            temp.resolve("restored"),
            RocksOptions.DEFAULT,
            Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC))) {
      assertThat(store.hasArtifact(ARTIFACT.id().cksum())).isFalse();
      assertThat(store.view(name("serde"))).isPresent();
    }
  }

  @Test
  void whatWasCarriedInAndRotsIsSaidToAndComesAnew() throws IOException {
    carry();
    try (RocksStore store = open()) {
      assertThat(store.artifact(ARTIFACT.id().cksum())).contains(ARTIFACT.bytes());
    }
    Path table =
        files(".sst").stream()
            .max(Comparator.comparingLong(file -> file.toFile().length()))
            .orElseThrow();
    flip(table, ARTIFACT.bytes().length() / 2);

    Sha256 cksum = ARTIFACT.id().cksum();
    try (RocksStore store = open()) {
      assertThatThrownBy(() -> store.artifact(cksum))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT));
      store.commit(Batch.synced(List.of(new Write.DropArtifact(cksum))));
      assertThat(store.artifact(cksum)).isEmpty();
      assertThat(store.checkEngine()).isEmpty();
    }
    carry();
    try (RocksStore store = open()) {
      assertThat(store.artifact(cksum)).contains(ARTIFACT.bytes());
    }
  }

  private void carry() {
    try (RocksStore store = open();
        Store.BulkWriter bulk = store.bulk()) {
      bulk.put(ARTIFACT);
      bulk.settle();
    }
  }

  @Test
  void answersOrSaysCorruptWhateverRotsInATable() throws IOException {
    fill();
    var random = new SplittableRandom(7);
    int found = 0;
    for (Path table : files(".sst")) {
      if (!Files.exists(table)) {
        // Merged into another one by an opening in between.
        continue;
      }
      byte[] whole = Files.readAllBytes(table);
      for (int i = 0; i < (ChildJvm.all() ? 40 : 4); i++) {
        flip(table, random.nextInt(whole.length));
        found += corruptReads();
        Files.write(table, whole);
      }
    }
    assertThat(found).isPositive();
  }

  private int corruptReads() {
    int corrupt = 0;
    try (RocksStore store = open()) {
      for (Consumer<Store> read : reads()) {
        try {
          read.accept(store);
        } catch (StoreException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT);
          corrupt++;
        }
      }
    } catch (StoreException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT);
      corrupt++;
    }
    return corrupt;
  }

  /// The thread that copies the list of files used the closed database, and crashed the process.
  @Test
  void anOpeningThatFailsLeavesNoThreadOnTheClosedDatabase() throws Exception {
    fill();
    int refused = 0;
    for (Path table : files(".sst")) {
      byte[] whole = Files.readAllBytes(table);
      for (int at = 5; at < 400 && at < whole.length; at += 25) {
        flip(table, at);
        try (RocksStore store = open()) {
          assertThat(store.ledgerHead()).isNotNull();
        } catch (StoreException _) {
          refused++;
        }
        Files.write(table, whole);
      }
    }
    assertThat(refused).isPositive();

    Thread.sleep(2 * CopyUpkeep.EVERY.toMillis());
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("store-write-"));
  }

  @Test
  void findsRotInATableByACheck() throws IOException {
    fill();
    // The first one contains the schema, without which the store does not open.
    Path table = files(".sst").getLast();
    flip(table, 20);

    try (RocksStore store = open()) {
      assertThat(store.checkEngine())
          .isNotEmpty()
          .allSatisfy(fault -> assertThat(fault).contains("checksum").startsWith("cannot "));
    }
  }

  @Test
  void saysSoWhenTheManifestRots() throws IOException {
    fill();
    try (Stream<Path> files = Files.list(temp.resolve("data/store"))) {
      Path manifest =
          files.filter(f -> f.getFileName().toString().startsWith("MANIFEST")).findFirst().get();
      flip(manifest, 20);
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .extracting(e -> ((StoreException) e).code())
        .isEqualTo(ErrorCode.STORE_CORRUPT);
  }
}

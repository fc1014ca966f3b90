package lazaret.cli.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import lazaret.cli.fixture.CliFixture;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stores on RocksDB, which each machine can open. `e2e` has those of several servers.
class StoreVerbsTest {
  private static final String MARK =
      "lazaret-highwater/1 stream 0b0c7a0e-0000-4000-8000-000000000001"
          + " epoch 1 sequence %d root 1 clock 2026-11-24T12:00:00Z\n";

  @TempDir Path folder;

  private final Clock clock = Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC);
  private CliFixture cli = new CliFixture(Path.of(""), clock);

  @BeforeEach
  void files() {
    cli = new CliFixture(folder, clock);
    cli.write("one.toml", "data-dir = \"one\"\n");
    cli.write("two.toml", "data-dir = \"two\"\n");
  }

  private Store open(String name) {
    return open(name, clock);
  }

  private Store open(String name, Clock at) {
    return RocksStore.open(folder.resolve(name), RocksOptions.DEFAULT.withMinFreeBytes(0), at);
  }

  private void fill() {
    try (Store store = open("one")) {
      store.commit(
          Batch.synced(
              List.of(
                  new Write.PutCrate(StoreSamples.held("serde", "1.0.0")),
                  new Write.PutFeed(StoreSamples.feed("rustsec")),
                  new Write.PutArtifact(StoreSamples.artifact(1, 2_000)),
                  new Write.Append(StoreSamples.notice("first")))));
    }
  }

  @Test
  void convertsAStoreOnceAndIgnoresVariables() {
    fill();
    cli.write("one.highwater", MARK.formatted(7));
    cli.environment.put("LAZARET_DATA_DIR", folder.resolve("none").toString());

    CliFixture.Ran ran = cli.run("store", "convert", "--from", "one.toml", "--to", "two.toml");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("KIND", "crates", "ledger: 1 entries, ", "both stores are equal");
    try (Store before = open("one");
        Store after = open("two")) {
      assertThat(after.ledgerHead()).isEqualTo(before.ledgerHead()).isPresent();
      assertThat(after.counts()).isEqualTo(before.counts());
    }
    assertThat(folder.resolve("two.highwater")).hasContent(MARK.formatted(7));
    CliFixture.Ran again = cli.run("store", "convert", "--from", "one.toml", "--to", "two.toml");
    assertThat(again.exit()).isEqualTo(3);
    assertThat(again.err()).contains("expected an empty target, found one that was converted");
  }

  @Test
  void anEmptyStoreIsNoSource() throws IOException {
    Files.createDirectory(folder.resolve("one"));
    CliFixture.Ran mistyped = cli.run("store", "convert", "--from", "one.toml", "--to", "two.toml");
    open("three").close();
    cli.write("three.toml", "data-dir = \"three\"\n");
    CliFixture.Ran empty = cli.run("store", "convert", "--from", "three.toml", "--to", "two.toml");

    assertThat(mistyped.exit()).isEqualTo(2);
    assertThat(folder.resolve("one")).isEmptyDirectory();
    assertThat(empty.exit()).isEqualTo(2);
    assertThat(empty.err())
        .contains(
            "cannot convert the store of 'three.toml': expected a store with data, found an empty"
                + " one; correct its 'data-dir'");
  }

  @Test
  void anOlderRecordOfImportsIsReplaced() {
    fill();
    cli.write("one.highwater", MARK.formatted(7));
    cli.write("two.highwater", MARK.formatted(3));
    cli.write("three.toml", "data-dir = \"three\"\n");
    cli.write("three.highwater", MARK.formatted(9).replace("0b0c7a0e", "0b0c7a0f"));

    CliFixture.Ran ran = cli.run("store", "convert", "--from", "one.toml", "--to", "two.toml");
    CliFixture.Ran other = cli.run("store", "convert", "--from", "one.toml", "--to", "three.toml");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(folder.resolve("two.highwater")).hasContent(MARK.formatted(7));
    assertThat(other.exit()).as(other.err()).isZero();
    assertThat(folder.resolve("three.highwater")).hasContent(MARK.formatted(7));
  }

  @Test
  void theDocumentOfAConversionHasTheSameDigestsInBothDirections() {
    fill();
    cli.write("three.toml", "data-dir = \"three\"\n");

    CliFixture.Ran there =
        cli.run("store", "convert", "--from", "one.toml", "--to", "two.toml", "--json");
    CliFixture.Ran back =
        cli.run("store", "convert", "--from", "two.toml", "--to", "three.toml", "--json");

    assertThat(there.exit()).as(there.err()).isZero();
    assertThat(there.out())
        .containsPattern("\"ledger_entries\" ?: ?1\\b")
        .containsPattern("\"kind\" ?: ?\"artifacts\"");
    assertThat(back.out()).isEqualTo(there.out());
  }

  @Test
  void refusesASourceThatDoesNotExistOrHasAServer() {
    CliFixture.Ran ran = cli.run("store", "convert", "--from", "one.toml", "--to", "two.toml");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("cannot open the store of 'one.toml': expected the data folder of a server")
        .contains("correct 'data-dir'");
    assertThat(folder.resolve("one")).doesNotExist();
    assertThat(cli.run("store", "convert", "--from", "none.toml", "--to", "two.toml").exit())
        .isEqualTo(2);
    fill();
    try (Store server = open("one")) {
      assertThat(server.ledgerHead()).isPresent();
      assertThat(cli.run("store", "convert", "--from", "one.toml", "--to", "two.toml").exit())
          .isEqualTo(3);
    }
  }

  @Test
  void whatADatabaseNeedsIsRefusedForAFolder() {
    for (String[] words :
        List.of(
            new String[] {"store", "migrate", "--config", "one.toml"},
            new String[] {"cluster", "adopt", "--config", "one.toml", "--yes"})) {
      CliFixture.Ran ran = cli.run(words);

      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err()).contains("expected 'storage.engine' postgres, found rocksdb");
    }
  }

  @Test
  void anArchiveIsListedPrunedVerifiedAndRestored() throws IOException {
    fill();
    try (Store store = open("one")) {
      store.backup(folder.resolve("kept.archive"));
    }
    try (Store store = open("one", Clock.offset(clock, Duration.ofMinutes(1)))) {
      store.commit(Batch.synced(List.of(new Write.Append(StoreSamples.notice("second")))));
      store.backup(folder.resolve("kept.archive"));
    }

    CliFixture.Ran listed = cli.run("backup", "list", "kept.archive");
    CliFixture.Ran verified = cli.run("backup", "verify", "kept.archive", "--work", ".");
    CliFixture.Ran pruned = cli.run("backup", "prune", "kept.archive", "--keep", "1");
    CliFixture.Ran restored = cli.run("store", "restore", "kept.archive", "--to", "two.toml");

    assertThat(listed.out()).contains("1 entries", "2 entries");
    assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    assertThat(verified.out()).startsWith("sound: ").contains("1 artifacts, 2 ledger entries");
    assertThat(pruned.out()).startsWith("removed 1 backups, ");
    assertThat(restored.exit()).as(restored.err()).isZero();
    try (Store store = open("two")) {
      assertThat(store.ledgerHead().orElseThrow().sequence()).isEqualTo(2);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> String.valueOf(file.getFileName())))
          .noneMatch(name -> name.startsWith("lazaret-verify"));
    }
  }

  @Test
  void aDamagedBackupIsNotSound() throws IOException {
    fill();
    Path backup = folder.resolve("backup");
    try (Store store = open("one")) {
      store.backup(backup);
    }
    try (Stream<Path> files = Files.walk(backup)) {
      Path largest =
          files
              .filter(Files::isRegularFile)
              .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(largest);
      bytes[bytes.length / 2] ^= 1;
      Files.write(largest, bytes);
    }

    CliFixture.Ran ran = cli.run("backup", "verify", "backup", "--work", ".");

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err()).contains("backup");
  }

  @Test
  void theBackupAfterADamageWasFoundIsSound() throws IOException {
    fill();
    try (Store store = open("one")) {
      store.backup(folder.resolve("kept.archive"));
    }
    try (Stream<Path> files = Files.walk(folder.resolve("kept.archive/objects"))) {
      Path artifact = files.filter(Files::isRegularFile).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(artifact);
      bytes[bytes.length / 2] ^= 1;
      Files.write(artifact, bytes);
    }

    CliFixture.Ran found = cli.run("backup", "verify", "kept.archive", "--work", ".");
    try (Store store = open("one", Clock.offset(clock, Duration.ofMinutes(1)))) {
      store.backup(folder.resolve("kept.archive"));
    }
    CliFixture.Ran healed = cli.run("backup", "verify", "kept.archive", "--work", ".");

    assertThat(found.exit()).isEqualTo(4);
    assertThat(found.err()).contains("'.damaged': 1, the next backup writes them again");
    assertThat(healed.exit()).as(healed.out() + healed.err()).isZero();
  }

  @Test
  void anArchiveKeepsAtLeastOneBackup() {
    assertThat(cli.run("backup", "prune", "kept.archive", "--keep", "0").exit()).isEqualTo(2);
    assertThat(cli.run("backup", "prune", "kept.archive").exit()).isEqualTo(2);
    assertThat(cli.run("backup", "list", "kept.archive").exit()).isEqualTo(3);
  }
}

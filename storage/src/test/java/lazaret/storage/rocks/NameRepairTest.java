package lazaret.storage.rocks;

import static lazaret.vetting.gate.fixture.StoreSamples.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rows of private names after a repair of their table.
class NameRepairTest {
  private static final Clock CLOCK = Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC);
  private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
  private static final String KNOWN = "{\"format\":1,\"name\":\"solo\"}";

  /// The form is that of the test of `PublicationCodec`.
  private static final String RESTORED =
      """
      {"format":1,"name":"Acme-Core","since":"2026-11-30T12:00:00Z","by":"ada","from":"here"}""";

  private static final String HEX = "ab".repeat(32);

  @TempDir private Path temp;

  private static RocksStore open(Path folder) {
    return RocksStore.open(folder, RocksOptions.DEFAULT, CLOCK);
  }

  private static Write row(String key, String document) {
    return new Write.PutDeskRow(new DeskRow(DeskTable.NAMES, key, Bytes.utf8(document)));
  }

  private static Write published(String crate, String version, Instant at) {
    return new Write.Append(
        new Notice(
            Notice.Kind.VERSION_PUBLISHED, at, "ada", name(crate), version, "sha256 " + HEX));
  }

  private static Write deleted(String crate, String version) {
    return new Write.Append(
        new Notice(
            Notice.Kind.VERSION_DELETED, AT, "root", name(crate), version, "deleted: a key"));
  }

  private static List<Path> tables(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("store"))) {
      return files.filter(file -> file.toString().endsWith(".sst")).toList();
    }
  }

  @Test
  void aLostNameIsPrivateAgainByTheLedger() throws IOException {
    Path folder = temp.resolve("names");
    try (RocksStore store = open(folder)) {
      store.commit(Batch.synced(List.of(row("solo", KNOWN), published("solo", "1.0.0", AT))));
    }
    List<Path> before = tables(folder);
    try (RocksStore store = open(folder)) {
      store.commit(
          Batch.synced(
              List.of(
                  row("acme_core", "{\"format\":1,\"name\":\"Acme-Core\"}"),
                  published("Acme-Core", "1.0.0", AT),
                  published("Acme-Core", "1.1.0", AT.plusSeconds(60)),
                  published("solo", "1.1.0", AT.plusSeconds(60)))));
    }
    for (Path table : tables(folder)) {
      if (!before.contains(table)) {
        Files.delete(table);
      }
    }

    assertThat(StoreRepair.run(folder, CLOCK).repaired())
        .contains("1 private names were restored from the ledger");

    try (RocksStore store = open(folder)) {
      assertThat(store.deskRows().find(DeskTable.NAMES, "acme_core").map(Bytes::text))
          .hasValue(RESTORED);
      assertThat(store.deskRows().find(DeskTable.NAMES, "solo").map(Bytes::text)).hasValue(KNOWN);
    }
  }

  /// The forms are those of the test of `PublicationCodec`.
  @Test
  void aLostVersionNumberIsUsedByTheLedger() throws IOException {
    Path folder = temp.resolve("numbers");
    Write kept =
        new Write.PutDeskRow(
            new DeskRow(DeskTable.PUBLICATIONS, "acme_core/1.0.0", Bytes.utf8("{}")));
    try (RocksStore store = open(folder)) {
      Write published = published("acme-core", "1.0.0", AT);
      store.commit(Batch.synced(List.of(row("acme_core", KNOWN), kept, published)));
    }
    List<Path> before = tables(folder);
    try (RocksStore store = open(folder)) {
      store.commit(
          Batch.synced(
              List.of(
                  published("acme-core", "1.1.0+build", AT),
                  published("acme-core", "1.2.0", AT),
                  deleted("acme-core", "1.2.0"),
                  row("other", KNOWN))));
    }
    for (Path table : tables(folder)) {
      if (!before.contains(table)) {
        Files.delete(table);
      }
    }

    assertThat(StoreRepair.run(folder, CLOCK).repaired())
        .anyMatch(each -> each.startsWith("2 numbers of lost private versions were restored"));
    assertThat(StoreRepair.run(folder, CLOCK).repaired())
        .noneMatch(each -> each.contains("numbers of lost private versions"));

    try (RocksStore store = open(folder)) {
      assertThat(number(store, "1.1.0")).hasValue("{\"format\":1,\"cksum\":\"" + HEX + "\"}");
      assertThat(number(store, "1.2.0")).hasValue("{\"format\":1}");
      assertThat(number(store, "1.0.0")).as("its row exists").isEmpty();
    }
  }

  private static Optional<String> number(RocksStore store, String version) {
    return store.deskRows().find(DeskTable.PUBLICATIONS, "~acme_core/" + version).map(Bytes::text);
  }
}

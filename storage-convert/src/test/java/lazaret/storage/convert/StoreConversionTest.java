package lazaret.storage.convert;

import static lazaret.storage.convert.ConversionSamples.DOWNLOADS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.storage.files.FileTrees;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.ConversionState;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreConversionTest {
  @TempDir Path folder;

  private Store rocks(String name) {
    return RocksStore.open(
        folder.resolve(name),
        RocksOptions.DEFAULT.withMinFreeBytes(0),
        Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC));
  }

  private static List<?> all(Store store, Function<Store, Stream<?>> stream) {
    try (Stream<?> values = stream.apply(store)) {
      return values.toList();
    }
  }

  static void requireEqual(Store source, Store target) {
    List<Function<Store, Stream<?>>> streams =
        List.of(
            Store::crates,
            Store::artifacts,
            Store::allFindings,
            s -> s.ledger(0),
            Store::requests,
            Store::verdicts,
            Store::lockfiles,
            Store::artifactUses,
            Store::removedArtifacts,
            s -> s.feeds().stream(),
            s -> s.tokens().stream(),
            s -> s.snapshots().all().stream(),
            s -> s.snapshots().crates(1),
            s -> s.snapshots().changed(1, 2),
            s -> s.snapshots().rows());
    for (Function<Store, Stream<?>> stream : streams) {
      assertThat(all(target, stream)).isEqualTo(all(source, stream)).isNotEmpty();
    }
    assertThat(Set.copyOf(all(target, Store::accesses)))
        .isEqualTo(Set.copyOf(all(source, Store::accesses)))
        .hasSize(DOWNLOADS);
    assertThat(target.ledgerHead()).isEqualTo(source.ledgerHead());
    assertThat(target.snapshots().head()).isEqualTo(2);
    assertThat(target.meta("bundle.trust.root").map(Bytes::text)).contains("a root");
    assertThat(target.meta("webhook.0123456789abcdef").map(Bytes::text)).contains("5");
    assertThat(target.checkEngine()).isEmpty();
    ConversionState.requireComplete(target);
  }

  @Test
  void convertsEachKindOfRowInBothDirections() {
    try (Store first = rocks("first");
        Store memory = new InMemoryStore();
        Store last = rocks("last")) {
      ConversionSamples.fill(first);

      ConversionReport there = StoreConversion.run(first, memory);
      ConversionReport back = StoreConversion.run(memory, last);

      requireEqual(first, memory);
      requireEqual(first, last);
      assertThat(back).isEqualTo(there);
      assertThat(there.ledgerSequence()).isEqualTo(6);
      assertThat(there.ledgerHash()).isEqualTo(first.ledgerHead().orElseThrow().hash());
      assertThat(there.roots()).hasSize(2).doesNotHaveDuplicates();
      assertThat(
              there.rows().stream()
                  .filter(row -> row.rows() > 0)
                  .collect(Collectors.toMap(RowDigest::kind, RowDigest::rows)))
          .hasSize(RowKind.values().length)
          .containsEntry(RowKind.DOWNLOADS, (long) DOWNLOADS)
          .containsEntry(RowKind.TOKENS, 2L)
          .containsEntry(RowKind.SNAPSHOT_CRATES, 3L);
    }
  }

  @Test
  void convertsAnEmptyStore() {
    try (Store source = rocks("source");
        Store target = new InMemoryStore()) {
      ConversionReport report = StoreConversion.run(source, target);

      assertThat(report.rows()).allMatch(row -> row.rows() == 0);
      assertThat(report.ledgerSequence()).isZero();
    }
  }

  /// Each page is lost once, before or after it was applied, and each such conversion is continued.
  @ParameterizedTest
  @EnumSource
  void continuesAfterAFailureOfAnyCommit(ConversionSamples.Failure failure) {
    try (Store source = rocks("source")) {
      ConversionSamples.fill(source);
      int failures = 0;
      for (boolean ended = false; !ended; failures++) {
        try (Store target = new InMemoryStore()) {
          ended = isConverted(source, ConversionSamples.failing(target, failures, failure));
          if (!ended && ConversionState.read(target).isPresent()) {
            boolean complete =
                ConversionState.read(target).filter(ConversionState::isComplete).isPresent();
            if (!complete) {
              assertThatThrownBy(() -> ConversionState.requireComplete(target))
                  .isInstanceOf(StoreException.class)
                  .hasMessage(
                      "cannot open the store: expected all data of the store that is converted"
                          + " into it, found a part; run 'vetting-cli store convert' again");
              StoreConversion.run(source, target);
            }
            requireEqual(source, target);
          }
        }
      }
      assertThat(failures).isGreaterThan(RowKind.values().length);
    }
  }

  private static boolean isConverted(Store source, Store target) {
    try {
      StoreConversion.run(source, target);
      return true;
    } catch (StoreException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
      return false;
    }
  }

  @Test
  void noticesASourceThatChangedMeanwhile() {
    try (Store source = rocks("source");
        Store target = new InMemoryStore()) {
      ConversionSamples.fill(source);
      assertThat(
              isConverted(
                  source, ConversionSamples.failing(target, 8, ConversionSamples.Failure.BEFORE)))
          .isFalse();
      source.commit(Batch.synced(List.of(new Write.PutFeed(StoreSamples.feed("another")))));

      assertThatThrownBy(() -> StoreConversion.run(source, target))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "cannot complete the conversion: expected equal stores, found differences in feeds (2"
                  + " and 1 rows); the source changed meanwhile: empty the target and convert again");
      assertThat(ConversionState.read(target).filter(ConversionState::isComplete)).isEmpty();
    }
  }

  @Test
  void acceptsALedgerThatGrewDuringTheConversion() {
    try (Store source = rocks("source");
        Store target = new InMemoryStore()) {
      ConversionSamples.fill(source);
      assertThat(
              isConverted(
                  source, ConversionSamples.failing(target, 4, ConversionSamples.Failure.AFTER)))
          .isFalse();
      source.commit(Batch.synced(List.of(new Write.Append(StoreSamples.notice("later")))));

      StoreConversion.run(source, target);

      requireEqual(source, target);
    }
  }

  @Test
  void refusesATargetWithData() {
    try (Store source = rocks("source");
        Store target = new InMemoryStore()) {
      target.commit(Batch.synced(List.of(new Write.PutToken(StoreSamples.token("ci")))));

      refused(source, target, "expected an empty target, found one with data");
    }
  }

  @Test
  void refusesATargetThatIsInUse() {
    try (Store source = rocks("source");
        Store target = new InMemoryStore()) {
      StoreConversion.run(source, target);

      refused(source, target, "expected an empty target, found one that was converted before");
    }
  }

  @Test
  void refusesAnotherSource() {
    try (Store source = rocks("source");
        Store other = rocks("other");
        Store target = new InMemoryStore()) {
      ConversionSamples.fill(source);
      other.commit(Batch.synced(List.of(new Write.Append(StoreSamples.notice("of another")))));
      assertThat(
              isConverted(
                  source, ConversionSamples.failing(target, 3, ConversionSamples.Failure.BEFORE)))
          .isFalse();

      refused(
          other, target, "expected the source of the conversion that began, found another store");
    }
  }

  private static void refused(Store source, Store target, String why) {
    assertThatThrownBy(() -> StoreConversion.run(source, target))
        .isInstanceOf(StoreException.class)
        .hasMessage("cannot fill the store: " + why + "; name an empty target")
        .extracting(e -> ((StoreException) e).code())
        .isEqualTo(ErrorCode.STORE_UNUSABLE);
  }

  @Test
  void restoresABackupIntoAStoreThatNodesShare() {
    Path backup = folder.resolve("backup");
    try (Store source = rocks("source");
        Store target = new SharedMemory().node("vetting-cli")) {
      ConversionSamples.fill(source);
      source.commit(
          Batch.synced(List.of(ConversionState.begin(source, "feeds").completed().write())));
      source.backup(backup);

      Store.Counts counts = StoreConversion.restore(backup, target);

      assertThat(counts).isEqualTo(source.counts());
      assertThat(target.ledgerHead()).isEqualTo(source.ledgerHead());
      assertThat(all(target, Store::artifacts)).isEqualTo(all(source, Store::artifacts));
      ConversionState.requireComplete(target);
      assertThatThrownBy(() -> StoreConversion.restore(backup, target))
          .hasMessageContaining("expected an empty target, found one that was filled before");
    }
  }

  @Test
  void refusesABackupWhoseSnapshotHasAnotherStateRoot() {
    Path backup = folder.resolve("backup");
    Path data = folder.resolve("data");
    try (Store source = rocks("source");
        Store target = new SharedMemory().node("vetting-cli")) {
      source.commit(Batch.synced(List.of(new Write.PutSnapshot(StoreSamples.snapshot(1)))));
      source.backup(backup);

      assertThatThrownBy(() -> StoreConversion.restore(backup, target))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("expected the state root ");
      assertThatThrownBy(() -> ConversionState.requireComplete(target))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("run 'vetting-cli store restore' again");
      assertThatThrownBy(() -> RocksStore.restore(backup, data, StoreConversion::requireRoots))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("expected the state root ");
      assertThat(data.resolve("store")).doesNotExist();
    }
  }

  @Test
  void theLastStepRunsBeforeAServerOpensTheTarget() {
    var ran = new AtomicInteger();
    Runnable fails =
        () -> {
          throw new IllegalStateException("no space");
        };
    try (Store source = rocks("source");
        Store target = new InMemoryStore()) {
      ConversionSamples.fill(source);

      assertThatThrownBy(() -> StoreConversion.run(source, target, fails)).hasMessage("no space");
      assertThatThrownBy(() -> ConversionState.requireComplete(target))
          .isInstanceOf(StoreException.class);
      StoreConversion.run(source, target, ran::incrementAndGet);

      assertThat(ran).hasValue(1);
      requireEqual(source, target);
    }
  }

  @Test
  void refusesASourceThatLostWrites() throws IOException {
    Path database = folder.resolve("source/store");
    rocks("source").close();
    copy(database, folder.resolve("earlier"));
    try (Store source = rocks("source")) {
      ConversionSamples.fill(source);
    }
    FileTrees.delete(database);
    copy(folder.resolve("earlier"), database);

    try (Store source = rocks("source");
        Store target = new InMemoryStore()) {
      assertThatThrownBy(() -> StoreConversion.run(source, target))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("cannot convert the store: the store lost acknowledged writes: ")
          .extracting(e -> ((StoreException) e).code())
          .isEqualTo(ErrorCode.STORE_LOSS);
      assertThat(ConversionState.read(target)).isEmpty();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  @Test
  void refusesASourceThatHasAPartOfItsData() {
    try (Store source = rocks("source");
        Store part = new InMemoryStore();
        Store target = new InMemoryStore()) {
      ConversionSamples.fill(source);
      Store failing = ConversionSamples.failing(part, 5, ConversionSamples.Failure.BEFORE);
      assertThat(isConverted(source, failing)).isFalse();

      assertThatThrownBy(() -> StoreConversion.run(part, target))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("found a part; run 'vetting-cli store convert' again");
      assertThat(ConversionState.read(target)).isEmpty();
    }
  }

  @Test
  void noServerOpensAStoreWithAPartOfABackup() {
    Path backup = folder.resolve("backup");
    try (Store source = rocks("source");
        Store target = new SharedMemory().node("vetting-cli")) {
      ConversionSamples.fill(source);
      source.commit(
          Batch.synced(List.of(ConversionState.begin(source, "feeds").completed().write())));
      source.backup(backup);
      Store failing = ConversionSamples.failing(target, 3, ConversionSamples.Failure.BEFORE);

      assertThatThrownBy(() -> StoreConversion.restore(backup, failing))
          .isInstanceOf(RuntimeException.class);

      assertThatThrownBy(() -> ConversionState.requireComplete(target))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("run 'vetting-cli store restore' again");
      refused(source, target, "found a restoration, or a conversion by a newer program");
    }
  }

  @Test
  void refusesASharedStoreWithAServer() {
    var memory = new SharedMemory();
    try (Store source = rocks("source");
        Store server = memory.node("a");
        Store target = memory.node("vetting-cli")) {
      for (List<Store> stores : List.of(List.of(source, target), List.of(target, source))) {
        String which = stores.getFirst().equals(target) ? "source" : "target";
        assertThatThrownBy(() -> StoreConversion.run(stores.getFirst(), stores.getLast()))
            .isInstanceOf(StoreException.class)
            .hasMessage(
                "cannot fill the store: expected no server on the %s, found the nodes a,"
                        .formatted(which)
                    + " vetting-cli; stop them, and wait for ten times 'cluster.max-staleness',"
                    + " ten seconds at least, if one was killed");
      }
      assertThat(server.shared()).isPresent();
    }
  }

  @Test
  void endsIfAnotherProgramTookTheLease() {
    var memory = new SharedMemory();
    try (Store source = rocks("source");
        Store target = memory.node("vetting-cli")) {
      ConversionSamples.fill(source);
      Store robbed =
          ConversionSamples.intercepted(
              target,
              5,
              () -> {
                memory.expireLeases();
                assertThat(target.leases().take("conversion", Duration.ofMinutes(1))).isPresent();
              });

      assertThatThrownBy(() -> StoreConversion.run(source, robbed))
          .isInstanceOf(StoreException.class)
          .extracting(e -> ((StoreException) e).code())
          .isEqualTo(ErrorCode.LEASE_LOST);
    }
  }
}

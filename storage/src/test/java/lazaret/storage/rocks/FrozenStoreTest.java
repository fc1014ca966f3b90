package lazaret.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import lazaret.testkit.FrozenBuild;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.LedgerLine;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The stores and the backup of earlier builds open with everything that they held.
class FrozenStoreTest {
  static final List<FrozenBuild> BUILDS = FrozenBuild.ALL;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private static Store open(Path data) {
    return RocksStore.open(data, RocksOptions.DEFAULT.withMinFreeBytes(0), CLOCK);
  }

  @ParameterizedTest
  @FieldSource("BUILDS")
  void theStoreOfAGateOpensWithEverything(FrozenBuild build) throws IOException {
    build.unpack("files", build.unpack("outside", folder));

    try (Store store = open(folder.resolve("outside"))) {
      assertThat(store.checkEngine()).isEmpty();
      assertThat(store.condition().withholds()).isFalse();
      assertHoldsTheExportedLedger(store);
      assertReadsEverything(store);
      assertThat(store.tokens()).extracting("name").contains("admin", "ann-laptop", "ci");
      assertThat(store.tokens()).extracting("name").doesNotContain("gone");
      assertThat(store.feeds())
          .extracting(f -> f.feed().info().name())
          .containsExactly("local", "osv", "rustsec");
      assertThat(store.meta("audits").map(Bytes::text)).contains("peer");
    }
    // A store that was closed well opens again.
    try (Store store = open(folder.resolve("outside"))) {
      assertThat(store.checkEngine()).isEmpty();
    }
  }

  @ParameterizedTest
  @FieldSource("BUILDS")
  void theBackupIsRestoredWithEverythingButTokens(FrozenBuild build) throws IOException {
    build.unpack("files", build.unpack("backup", folder));

    RocksStore.restore(folder.resolve("backup"), folder.resolve("data"));

    try (Store store = open(folder.resolve("data"))) {
      assertThat(store.checkEngine()).isEmpty();
      assertHoldsTheExportedLedger(store);
      assertReadsEverything(store);
      assertThat(store.tokens()).isEmpty();
    }
  }

  @ParameterizedTest
  @FieldSource("BUILDS")
  void theStoreOfANetworkInsideOpensWithItsSnapshots(FrozenBuild build) {
    build.unpack("inside", folder);

    try (Store store = open(folder.resolve("inside"))) {
      assertThat(store.checkEngine()).isEmpty();
      assertThat(store.snapshots().all())
          .extracting(SnapshotInfo::sequence, SnapshotInfo::kind)
          .containsExactly(tuple(1L, SnapshotKind.FULL), tuple(2L, SnapshotKind.DELTA));
      assertThat(store.snapshots().head()).isEqualTo(1);
      assertThat(all(store, s -> s.snapshots().crates(2))).hasSize(3);
      assertThat(all(store, Store::artifacts)).hasSize(5);
      for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
        assertThat(store.meta("bundle.trust." + role)).as(role).isPresent();
      }
    }
  }

  private void assertHoldsTheExportedLedger(Store store) throws IOException {
    List<String> exported = Files.readAllLines(folder.resolve("ledger.ndjson"));
    List<String> held = new ArrayList<>();
    for (LedgerEntry entry : all(store, s -> s.ledger(0))) {
      assertThat(entry.intact()).isTrue();
      held.add(
          new LedgerLine(entry.sequence(), entry.previous(), entry.hash(), entry.encoded().text())
              .text());
    }

    assertThat(held).hasSizeGreaterThan(30).startsWith(exported.toArray(String[]::new));
  }

  private static void assertReadsEverything(Store store) {
    assertThat(all(store, Store::names))
        .contains("alpha", "beta", "gamma", "evil", "weak", "mixed_case");
    for (var crate : all(store, Store::crates)) {
      assertThat(store.freshness(crate.name())).isPresent();
      assertThat(store.view(crate.name())).isPresent();
      for (StoredLine line : crate.lines()) {
        Sha256 cksum = line.entry().cksum();
        if (store.hasArtifact(cksum)) {
          assertThat(store.artifactId(cksum)).contains(line.entry().id());
          assertThat(store.artifact(cksum).map(Sha256::of)).contains(cksum);
        }
      }
    }
    assertThat(all(store, Store::artifacts)).hasSizeGreaterThanOrEqualTo(12);
    assertThat(store.crate(CrateName.parse("alpha")).orElseThrow().omitted()).hasSize(1);
    assertThat(store.decisions(CrateName.parse("alpha"))).hasSize(3);
    assertThat(all(store, Store::requests)).isNotEmpty();
    assertThat(all(store, Store::accesses)).isNotEmpty();
    assertThat(all(store, Store::lockfiles)).isNotEmpty();
    Set<Reason.Code> reasons = new TreeSet<>();
    for (RecordedVerdict recorded : all(store, Store::verdicts)) {
      assertThat(recorded.verdict().reasons()).as(recorded.toString()).isNotEmpty();
      recorded.verdict().reasons().forEach(reason -> reasons.add(reason.code()));
    }
    // The stored code of this one is the former 'licence'.
    assertThat(reasons).contains(Reason.Code.LICENSE, Reason.Code.APPROVED, Reason.Code.DENIED);
  }

  private static <T> List<T> all(Store store, Function<Store, Stream<T>> stream) {
    try (Stream<T> values = stream.apply(store)) {
      return values.toList();
    }
  }
}

package lazaret.mirror.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.outbound.FailureKind;
import lazaret.mirror.outbound.RateBudget;
import lazaret.mirror.outbound.UpstreamMeters;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.outbound.UpstreamOrigin;
import lazaret.mirror.tls.CertificateWatch;
import lazaret.mirror.tls.MadeCertificate;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.search.LedgerVerifier;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.desk.snapshots.StoreLag;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.store.HealthItemInfo;
import lazaret.vetting.deskapi.store.HealthItemInfo.State;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.StoreFault;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthServiceTest {
  private static final String RECORD =
      """
      {"schema_version": "1.7.0", "id": "MAL-2026-1", "modified": "2026-11-23T00:00:00Z",
       "published": "2026-11-23T00:00:00Z", "summary": "Malicious code in other",
       "affected": [{"package": {"ecosystem": "crates.io", "name": "other"},
         "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}]}
      """;

  @TempDir Path folder;

  /// The results of methods of the store that differ.
  private final Map<String, Object> results = new HashMap<>();

  private final Store store = new SnapshotViewStore(new InMemoryStore());
  private final GateFixture gate = new GateFixture(changed());

  private @Nullable String trouble;
  private final UpstreamMeters meters =
      new UpstreamMeters(
          new RateBudget(UpstreamOptions.DEFAULTS.budget(), gate.clock, System::nanoTime),
          () -> Optional.ofNullable(trouble));
  private final HealthService health = new HealthService(gate.store, gate.desk, null, meters);

  @AfterEach
  void close() {
    results.clear();
    gate.close();
  }

  private Store changed() {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              Object result = results.get(method.getName());
              if (result instanceof StoreException e) {
                throw e;
              }
              try {
                return result == null ? method.invoke(store, arguments) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private HealthItemInfo item(String name) {
    return health.report().item(name).orElseThrow();
  }

  @Test
  void aGateThatWorksHasNoNextStepExceptForItsFeeds() {
    assertThat(health.report().items())
        .extracting(HealthItemInfo::name)
        .containsExactly("ledger", "disk", "decisions", "feeds", "upstream");
    assertThat(health.report().items())
        .filteredOn(each -> each.state() == State.OK)
        .hasSize(4)
        .allSatisfy(each -> assertThat(each.next()).isNull())
        .allSatisfy(each -> assertThat(each.value()).isNotNull())
        .allSatisfy(each -> assertThat(each.unit()).isNotNull());
    assertThat(item("feeds").next()).contains("vetting-cli feed import");
    assertThat(health.report().state()).isEqualTo(State.WARNING);
    assertThat(health.report().admissions()).isEqualTo("open");
    assertThat(health.serves()).isTrue();
  }

  @Test
  void aFullDiskFails() {
    results.put("diskUsage", new Store.DiskUsage(7, 4_096, false));

    assertThat(item("disk"))
        .isEqualTo(
            new HealthItemInfo(
                "disk",
                State.FAILED,
                4_096L,
                "bytes",
                "new artifacts: stopped: not enough disk space; stored artifacts are served",
                "free space on the disk of the data folder"));
    assertThat(health.report().degraded())
        .contains("admissions are " + health.report().admissions());
    assertThat(health.report().state()).isEqualTo(State.FAILED);
  }

  @Test
  void aStoreThatCannotBeReadFailsWithoutAnEndOfTheReport() {
    StoreException broken = new StoreException(ErrorCode.STORE_FAILED, "the disk is gone", null);
    results.put("ledgerHead", broken);
    results.put("diskUsage", broken);

    assertThat(item("ledger").state()).isEqualTo(State.FAILED);
    assertThat(item("ledger").detail()).isEqualTo("the store cannot be read: the disk is gone");
    assertThat(item("disk").state()).isEqualTo(State.FAILED);
    assertThat(item("disk").value()).isNull();
    assertThat(health.report().admissions())
        .isEqualTo("stopped: the store cannot be read (store-failed)");
    assertThat(health.report().degraded()).noneMatch(text -> text.contains("the disk is gone"));
    assertThat(health.serves()).isFalse();
  }

  @Test
  void damagedFilesFail() {
    results.put("damagedReads", 1L);

    assertThat(item("ledger").state()).isEqualTo(State.FAILED);
    assertThat(item("ledger").next()).contains("vetting-cli fsck --repair --data-dir");
  }

  /// A scrape of the metrics verifies the ledger.
  @Test
  void anAlteredEntryOfTheLedgerFailsAfterTheVerification() {
    CrateId id = gate.publish("alpha", "1.0.0", 1);
    gate.decide(Decision.Kind.APPROVE, id);
    assertThat(gate.desk.searches().verifier().verify().complete()).isTrue();
    assertThat(item("ledger").state()).isEqualTo(State.OK);

    LedgerEntry entry = store.ledgerHead().orElseThrow();
    results.put(
        "ledger",
        Stream.of(
            new LedgerEntry(
                entry.sequence(),
                entry.event(),
                Bytes.utf8(entry.encoded().text() + " "),
                entry.previous(),
                entry.hash())));
    gate.clock.advance(LedgerVerifier.AGE);
    assertThat(item("ledger").state()).isEqualTo(State.OK);
    assertThat(gate.desk.searches().verifier().verify().broken()).isEqualTo(1);

    assertThat(item("ledger").state()).isEqualTo(State.FAILED);
    assertThat(item("ledger").value()).isEqualTo(entry.sequence());
    assertThat(item("ledger").detail())
        .startsWith("the chain of the ledger is broken at entry 1: entry 1 was altered");
    assertThat(item("ledger").next()).startsWith("copy the data folder");
    assertThat(health.report().degraded())
        .contains("entry 1 of the ledger is altered, missing or cannot be read");
  }

  @Test
  void aStoreThatWithholdsFails() {
    StoreFault lost = new StoreFault.RowsLost("2 rows of tokens");
    results.put("condition", new StoreCondition(List.of(lost)));

    assertThat(item("ledger").state()).isEqualTo(State.FAILED);
    assertThat(item("ledger").next()).contains(StoreCondition.ACCEPT);
    assertThat(health.serves()).isFalse();
    results.put(
        "condition", new StoreCondition(List.of(new StoreFault.FileDamaged("1.sst", "ends"))));
    assertThat(item("ledger").state()).isEqualTo(State.WARNING);
    assertThat(health.serves()).isTrue();
  }

  @Test
  void feedsFailFromTheirStopAgeOnAndWarnIfTheyCannotBeRefreshed() {
    FeedSource source = new FeedSource("osv", FeedFormat.OSV, "local", GateFixture.START);
    assertThat(
            gate.desk
                .feeds()
                .accept(
                    new FeedService.FeedDelivery(source, Validators.NONE, false, "ann"),
                    Bytes.utf8(RECORD)))
        .isInstanceOf(FeedUpdateReport.Accepted.class);
    assertThat(item("feeds").state()).isEqualTo(State.OK);

    gate.desk.feeds().failed("osv", "no route");
    assertThat(item("feeds").state()).isEqualTo(State.WARNING);
    assertThat(item("feeds").next()).contains("vetting-cli feed refresh");
    assertThat(health.report().degraded()).contains("feed osv cannot be refreshed");

    gate.clock.advance(Duration.ofDays(8));
    assertThat(item("feeds").state()).isEqualTo(State.WARNING);
    gate.clock.advance(Duration.ofDays(90));
    assertThat(item("feeds").state()).isEqualTo(State.FAILED);
    assertThat(item("feeds").value()).isEqualTo(98 * 24);
  }

  @Test
  void aSuspendedUpstreamFailsAndUnsentRequestsAreNotCounted() {
    meters.failed(FailureKind.TIMEOUT);
    meters.failed(FailureKind.CIRCUIT);
    meters.failed(FailureKind.BUDGET);
    meters.failed(FailureKind.CANCELLED);
    meters.circuit(UpstreamOrigin.ARTIFACTS, true);

    assertThat(item("upstream").state()).isEqualTo(State.FAILED);
    assertThat(item("upstream").value()).isEqualTo(1);
    assertThat(health.report().degraded()).contains(item("upstream").detail());
    meters.circuit(UpstreamOrigin.ARTIFACTS, false);
    assertThat(item("upstream").state()).isEqualTo(State.OK);
  }

  @Test
  void aStoreBehindItsEarlierImportsFails() {
    StoreLag lag = new StoreLag(1, 4, "the store is at 1, the mark says 4", "acknowledge it");
    BundleService bundles =
        (BundleService)
            Proxy.newProxyInstance(
                BundleService.class.getClassLoader(),
                new Class<?>[] {BundleService.class},
                (_, _, _) -> Optional.of(lag));
    HealthItemInfo item =
        new HealthService(store, gate.desk, bundles, meters)
            .report()
            .item("snapshot")
            .orElseThrow();

    assertThat(item.state()).isEqualTo(State.FAILED);
    assertThat(item.detail()).isEqualTo(lag.lag());
    assertThat(item.next()).isEqualTo("acknowledge it");
  }

  @Test
  void aCertificateThatEndsWarnsAndOneThatEndedFails() throws Exception {
    MirrorConfig.Tls files = new MirrorConfig.Tls(folder.resolve("c.pem"), folder.resolve("k.pem"));
    MadeCertificate made = MadeCertificate.of(folder, "-keyalg EC -validity 5");
    made.writeTo(files);
    Instant end = made.certificate().getNotAfter().toInstant();
    ManualClock clock = new ManualClock(end.minus(Duration.ofDays(2)));
    health.watch(CertificateWatch.open(files, clock));

    assertThat(item("certificate").state()).isEqualTo(State.WARNING);
    assertThat(item("certificate").value()).isEqualTo(2);
    clock.advance(Duration.ofDays(3));
    assertThat(item("certificate").state()).isEqualTo(State.FAILED);
    assertThat(item("certificate").value()).isEqualTo(-1);
    assertThat(health.report().degraded()).contains("the certificate ended at " + end);
  }

  @Test
  void decisionsThatCannotBeWrittenFailAndRefusedOnesWarn() {
    health.refused(new Problem(ErrorCode.REFUSED_BY_POLICY, "two persons are needed"));

    assertThat(item("decisions").state()).isEqualTo(State.WARNING);
    assertThat(item("decisions").value()).isEqualTo(1);
    assertThat(item("decisions").next()).contains("vetting-cli policy show");
    gate.clock.advance(Duration.ofHours(25));
    assertThat(item("decisions").state()).isEqualTo(State.OK);

    results.put("refusedDecision", Optional.of(ErrorCode.DISK_FULL));
    assertThat(item("decisions").state()).isEqualTo(State.FAILED);
    assertThat(health.report().degraded()).contains("decisions are refused: disk-full");
  }

  @Test
  void anUpstreamWithAProblemFails() {
    meters.failed(FailureKind.SERVER_ERROR);
    assertThat(item("upstream").state()).isEqualTo(State.OK);
    assertThat(item("upstream").value()).isEqualTo(1);
    trouble = "the folder is empty";

    assertThat(item("upstream").state()).isEqualTo(State.FAILED);
    assertThat(item("upstream").detail()).isEqualTo("the folder is empty");
    assertThat(health.report().degraded()).contains("the folder is empty");
  }

  /// A network that imports bundles has no upstream.
  @Test
  void aPromisedSnapshotThatDoesNotArriveWarnsWithItsLag() {
    Instant promised = GateFixture.START.plus(Duration.ofHours(1));
    Sha256 none = Sha256.of(Bytes.EMPTY);
    store.commit(
        Batch.synced(
            List.of(
                new Batch.Write.PutSnapshot(
                    new SnapshotInfo(
                        1,
                        7,
                        SnapshotKind.FULL,
                        none,
                        none,
                        GateFixture.START,
                        GateFixture.START,
                        1,
                        1,
                        0)),
                new Batch.Write.PutMeta(MetaKey.SNAPSHOT_NEXT, Bytes.utf8(promised.toString())),
                new Batch.Write.PutMeta(MetaKey.SNAPSHOT_HEAD, Bytes.utf8("7")))));

    assertThat(item("snapshot").state()).isEqualTo(State.OK);
    assertThat(item("snapshot").value()).isZero();
    assertThat(health.report().item("upstream")).isEmpty();
    gate.clock.advance(Duration.ofHours(6));
    assertThat(item("snapshot").state()).isEqualTo(State.WARNING);
    assertThat(item("snapshot").value()).isEqualTo(5);
    assertThat(item("snapshot").unit()).isEqualTo("hours");
    assertThat(item("feeds").next()).isEqualTo("import the next bundle");
  }
}

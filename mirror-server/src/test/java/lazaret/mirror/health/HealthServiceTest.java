package lazaret.mirror.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.mirror.outbound.FailureKind;
import lazaret.mirror.outbound.RateBudget;
import lazaret.mirror.outbound.UpstreamMeters;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.store.HealthItemInfo;
import lazaret.vetting.deskapi.store.HealthItemInfo.State;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthServiceTest {
  private final Store store = new SnapshotViewStore(new InMemoryStore());
  private final GateFixture gate = new GateFixture(store);

  /// The results of methods of the store that differ.
  private final Map<String, Object> results = new HashMap<>();

  private @Nullable String trouble;
  private final UpstreamMeters meters =
      new UpstreamMeters(
          new RateBudget(UpstreamOptions.DEFAULTS.budget(), gate.clock, System::nanoTime),
          () -> Optional.ofNullable(trouble));
  private final HealthService health =
      new HealthService(changed(), gate.desk.feeds(), gate.desk.snapshots(), null, meters);

  @AfterEach
  void close() {
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
    assertThat(health.serves()).isFalse();
  }

  @Test
  void damagedFilesFail() {
    results.put("damagedReads", 1L);

    assertThat(item("ledger").state()).isEqualTo(State.FAILED);
    assertThat(item("ledger").next()).contains("vetting-cli fsck --repair");
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

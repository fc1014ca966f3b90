package lazaret.vetting.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.fixture.ConcurrencyContract;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreChange;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two gates over one store, each with an upstream and a heap of its own. A gate learns the changes
/// of the other one when its node beats.
class SharedStoreGateTest {
  private final SharedMemory memory = new SharedMemory();
  private final GateFixture one = new GateFixture(new SnapshotViewStore(memory.node("one")));
  private final GateFixture two = new GateFixture(new SnapshotViewStore(memory.node("two")));

  SharedStoreGateTest() {
    follow(one);
    follow(two);
  }

  @AfterEach
  void close() {
    try {
      one.close();
    } finally {
      two.close();
    }
  }

  private static void follow(GateFixture gate) {
    gate.store
        .shared()
        .orElseThrow()
        .follow(
            changes -> {
              for (StoreChange change : changes) {
                if (change.kind() == StoreChange.Kind.CRATE) {
                  gate.gate.files().drop(CrateName.parse(change.key()));
                }
              }
            });
  }

  private static void beat(GateFixture gate) {
    gate.store.shared().orElseThrow().refresh();
  }

  private CrateId publish(String name, String version, int daysOld) {
    CrateId id = one.publish(name, version, daysOld);
    assertThat(two.publish(name, version, daysOld)).isEqualTo(id);
    return id;
  }

  private static CrateState state(GateFixture gate, CrateId id) {
    return gate.gate.files().find(id.name()).orElseThrow();
  }

  @Test
  void aDenialIsInForceOnTheOtherNodeFromItsNextBeatOn() {
    CrateId id = publish("alpha", "1.0.0", 100);
    assertThat(one.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(two.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(two.index("alpha")).contains("\"1.0.0\"").contains("\"yanked\":false");

    assertThat(one.decide(Decision.Kind.DENY, id).recorded()).hasSize(1);

    assertThat(one.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
    beat(two);
    assertThat(two.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
    assertThat(two.index("alpha")).doesNotContain("\"yanked\":false");
  }

  @Test
  void aCrateThatOneNodeStoredIsNotRequestedByTheOther() {
    CrateId id = publish("alpha", "1.0.0", 100);
    assertThat(one.download(id)).isInstanceOf(DownloadOutcome.Served.class);

    assertThat(two.download(id)).isInstanceOf(DownloadOutcome.Served.class);

    assertThat(two.upstream.indexRequests).hasValue(0);
    assertThat(two.upstream.artifactRequests).hasValue(0);
  }

  @Test
  void anIndexFileThatOneNodeConfirmedIsNotRequestedByTheOther() {
    CrateId id = publish("alpha", "1.0.0", 100);
    assertThat(one.index("alpha")).contains("1.0.0");
    assertThat(two.index("alpha")).contains("1.0.0");
    Duration later = GateOptions.DEFAULT.indexTtl().plusSeconds(1);
    one.clock.advance(later);
    two.clock.advance(later);

    assertThat(one.index("alpha")).contains("1.0.0");
    beat(two);
    assertThat(two.index("alpha")).contains("1.0.0");

    assertThat(one.upstream.indexRequests).hasValue(2);
    assertThat(two.upstream.indexRequests).hasValue(0);
    assertThat(state(two, id).freshness()).isEqualTo(state(one, id).freshness());
  }

  @Test
  void bothNodesMergeNewVersionsAndLoseNone() {
    publish("alpha", "1.0.0", 100);
    assertThat(one.index("alpha")).contains("1.0.0");
    assertThat(two.index("alpha")).contains("1.0.0");
    // Only the second upstream has the next version, and only the first one the version after it.
    two.publish("alpha", "1.0.1", 90);
    one.publish("alpha", "1.0.2", 80);
    Duration later = GateOptions.DEFAULT.indexTtl().plusSeconds(1);
    one.clock.advance(later);
    two.clock.advance(later.multipliedBy(3));

    assertThat(one.index("alpha")).contains("1.0.2");
    // Without a beat: the second node reads the newer state before it asks its own upstream.
    assertThat(two.index("alpha")).contains("1.0.1");

    beat(one);
    assertThat(one.gate.files().find(CrateName.parse("alpha")).orElseThrow().lines())
        .extracting(line -> line.entry().version().text())
        .contains("1.0.0", "1.0.1", "1.0.2");
  }

  @Test
  void aChangeOfAnOlderStateRunsAgainOnTheNewerOne() {
    CrateId id = publish("alpha", "1.0.0", 100);
    assertThat(one.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(two.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    Decision denial = denial(id);
    assertThat(one.decide(Decision.Kind.DENY, id).recorded()).hasSize(1);
    List<Boolean> seen = new ArrayList<>();

    // The second node has not learned the denial.
    boolean written =
        two.gate
            .files()
            .update(
                id.name(),
                file -> !seen.add(file.denied(id.version())),
                file -> file.withDecision(denial),
                _ -> List.of(new Write.Append(denial)));

    assertThat(written).isTrue();
    assertThat(seen).containsExactly(false, true);
    assertThat(two.store.decisions(id.name())).hasSize(2);
    beat(one);
    assertThat(state(one, id).revision()).isEqualTo(state(two, id).revision());
  }

  private static Decision denial(CrateId id) {
    return new Decision(
        Decision.Kind.DENY, id, GateFixture.START, "bob", "bad", null, List.of(), List.of());
  }

  @Test
  void aDecisionFollowsThoseThatOthersAcknowledgedBeforeIt() {
    CrateId id = publish("alpha", "1.0.0", 1);
    assertThat(two.decide(Decision.Kind.APPROVE, id).recorded()).hasSize(1);
    assertThat(one.decide(Decision.Kind.DENY, id).recorded()).hasSize(1);

    // The same approval again: not `unchanged`, since the version is denied now.
    assertThat(two.decide(Decision.Kind.APPROVE, id).recorded()).hasSize(1);

    assertThat(two.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    beat(one);
    assertThat(one.download(id)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void aDecisionWithAnUnknownOutcomeIsReadAgain() {
    CrateId id = publish("alpha", "1.0.0", 100);
    assertThat(one.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    memory.loseNextReply();

    assertThatThrownBy(() -> one.decide(Decision.Kind.DENY, id))
        .isInstanceOf(StoreException.class)
        .extracting(e -> ((StoreException) e).code())
        .isEqualTo(ErrorCode.STORE_UNAVAILABLE);

    assertThat(one.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
    assertThat(one.decide(Decision.Kind.DENY, id).unchanged()).hasSize(1);
  }

  @Test
  void findingsOfOneNodeReachTheStateOfTheOther() {
    CrateId id = publish("alpha", "1.0.0", 100);
    assertThat(one.index("alpha")).contains("1.0.0");
    assertThat(two.index("alpha")).contains("1.0.0");
    assertThat(state(two, id).findings(id.cksum())).isEmpty();

    assertThat(one.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    beat(two);

    assertThat(state(two, id).findings(id.cksum())).isPresent();
    assertThat(state(two, id).revision()).isEqualTo(state(one, id).revision());
  }

  @Test
  void anImportedDenialStopsAWriterThatDidNotSeeIt() {
    CrateId id = publish("alpha", "1.0.0", 100);
    assertThat(one.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(two.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    // As an import of a bundle does: without a condition.
    one.store.commit(Batch.synced(List.of(new Write.Append(denial(id)))));
    one.gate.files().evict(id.name());

    assertThat(two.gate.files().rebuildView(id.name()).denied(id.version())).isTrue();
  }

  @Test
  void manyDecisionsOnBothNodesHaveOneOrder() throws Exception {
    CrateId id = publish("alpha", "1.0.0", 100);
    assertThat(one.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    ConcurrencyContract.inParallel(
        8,
        i -> {
          GateFixture gate = i % 2 == 0 ? one : two;
          for (int k = 0; k < 5; k++) {
            var _ = gate.decide(k % 2 == 0 ? Decision.Kind.DENY : Decision.Kind.APPROVE, id);
          }
        });

    beat(one);
    beat(two);

    assertThat(state(one, id).revision()).isEqualTo(state(two, id).revision());
    assertThat(state(one, id).decisions(id.version()))
        .isEqualTo(state(two, id).decisions(id.version()));
    assertThat(state(one, id).decisions(id.version()).latest())
        .isEqualTo(one.store.decisions(id.name()).getLast());
    assertThat(one.index("alpha")).isEqualTo(two.index("alpha"));
  }

  @Test
  void aStateThatWasReadBeforeADropIsNotCached() throws Exception {
    CrateId id = publish("alpha", "1.0.0", 100);
    assertThat(one.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    var read = new CountDownLatch(1);
    var dropped = new CountDownLatch(1);
    var first = new AtomicBoolean(true);
    Store slow = paused(two.store, first, read, dropped);
    GateFixture third = new GateFixture(slow);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<CrateState> early = threads.submit(() -> state(third, id));
      read.await();
      assertThat(one.decide(Decision.Kind.DENY, id).recorded()).hasSize(1);
      // The beat does not wait for the reader.
      third.gate.files().drop(id.name());
      dropped.countDown();

      assertThat(early.get().denied(id.version())).isFalse();
    }
    assertThat(state(third, id).denied(id.version())).isTrue();
  }

  /// Returns a store whose first reading of a crate pauses after it has read.
  private static Store paused(
      Store store, AtomicBoolean first, CountDownLatch read, CountDownLatch goOn) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              try {
                Object result = method.invoke(store, arguments);
                if (method.getName().equals("records") && first.compareAndSet(true, false)) {
                  read.countDown();
                  goOn.await();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void allStatesAreReadAgainAfterChangesWereMissed() {
    CrateId id = publish("alpha", "1.0.0", 100);
    assertThat(two.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(one.decide(Decision.Kind.DENY, id).recorded()).hasSize(1);
    assertThat(two.download(id)).isInstanceOf(DownloadOutcome.Served.class);

    two.gate.files().dropAll();

    assertThat(two.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
  }

  /// The second node stores the artifact after the search of the first one, with its old feeds.
  @Test
  void anArtifactThatTheSearchPassedIsSearchedByItsNode() throws Exception {
    CrateBuilder crate =
        CrateBuilder.crate("carrier", "1.0.0")
            .file("src/lib.rs", "pub const A: &str = \"drop.evil.invalid\";");
    CrateId id = one.publish(crate, 100);
    assertThat(two.publish(crate, 100)).isEqualTo(id);
    var source = new FeedSource("names", FeedFormat.LOCAL, "test", GateFixture.START);
    Bytes feed =
        Bytes.utf8("[[advisory]]\nid = \"A-1\"\nreason = \"r\"\niocs = [\"drop.evil.invalid\"]\n");
    assertThat(
            one.desk
                .feeds()
                .accept(new FeedService.FeedDelivery(source, Validators.NONE, false, "test"), feed))
        .isInstanceOf(FeedUpdateReport.Accepted.class);
    one.gate.start();
    await(
        () ->
            one.store
                .meta(MetaKey.RESCAN_DONE)
                .filter(each -> !each.equals(Bytes.EMPTY))
                .isPresent());
    two.gate.start(_ -> false);
    assertThat(two.download(id)).isInstanceOf(DownloadOutcome.Served.class);

    FeedService.load(two.store, two.rules);

    await(() -> two.download(id) instanceof DownloadOutcome.Withheld);
    assertThat(two.notices()).contains(Notice.Kind.ADVISORY_APPLIES);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(20);
    }
  }
}

package lazaret.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import lazaret.storage.postgres.fixture.ClusterStores;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.vetting.Bytes;
import lazaret.vetting.cluster.ChangeApplier;
import lazaret.vetting.cluster.ClusterService;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.SharedState;
import lazaret.vetting.gate.store.SnapshotFlip;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two gates with their desks and heaps on one database. Their beats are their own.
class TwoGatesTest {
  private static final Duration STALENESS = Duration.ofSeconds(2);

  @TempDir Path folder;

  private Node one;
  private Node two;

  /// A gate and a desk on a store of its own.
  private record Node(GateFixture gate, ClusterService cluster) implements AutoCloseable {
    static Node open(ClusterStores stores, String name) {
      Store store = stores.open(name).store();
      var changes = new ChangeApplier();
      store.shared().orElseThrow().follow(changes);
      var view = new SnapshotViewStore(store);
      var gate = new GateFixture(view);
      var cluster = new ClusterService(view, changes, gate.clock);
      cluster.attach(
          new ChangeApplier.Parts(view, view::switchToStored, gate.rules, gate.gate, gate.desk));
      cluster.start();
      return new Node(gate, cluster);
    }

    SharedState shared() {
      return gate.store.shared().orElseThrow();
    }

    /// Reads the served snapshot as a request does.
    long head() {
      assertThat(cluster.refusal()).isEmpty();
      return gate.store.snapshots().head();
    }

    @Override
    public void close() {
      cluster.close();
      gate.close();
    }
  }

  @BeforeEach
  void open() {
    ClusterStores usual = ClusterStores.on(PostgresServer.shared(), folder);
    ClusterStores stores = usual.with(usual.hosts(), STALENESS);
    one = Node.open(stores, "one");
    two = Node.open(stores, "two");
  }

  @AfterEach
  void close() {
    try {
      one.close();
    } finally {
      two.close();
    }
  }

  private static void await(BooleanSupplier condition) {
    for (int i = 0; i < 2_000 && !condition.getAsBoolean(); i++) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static void awaitTime(Instant time) {
    await(() -> Instant.now().isAfter(time));
  }

  private CrateId publish(String name) {
    CrateId id = one.gate.publish(name, "1.0.0", 100);
    assertThat(two.gate.publish(name, "1.0.0", 100)).isEqualTo(id);
    return id;
  }

  @Test
  void aDenialIsInForceOnTheOtherNodeByTheStatedTime() {
    CrateId id = publish("alpha");
    assertThat(two.gate.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(one.gate.decide(Decision.Kind.DENY, id).recorded()).hasSize(1);

    awaitTime(one.shared().inForceBy());

    // A node that does not know it yet is behind, and throws.
    assertThat(two.gate.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
  }

  @Test
  void whatOneNodeAdmittedTheOtherServesWithoutItsUpstream() {
    CrateId id = publish("alpha");
    assertThat(one.gate.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    two.shared().refresh();

    assertThat(two.gate.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(two.gate.upstream.artifactRequests.get()).isZero();
  }

  @Test
  void noAnswerIsOlderThanAnEarlierOneOfAnotherNode() throws Exception {
    one.gate.withoutFsck("the snapshot is a sample without bundle");
    two.gate.withoutFsck("the snapshot is a sample without bundle");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> flip = threads.submit(this::publishSnapshot);
      long earlier = 0;
      for (int i = 0; !flip.isDone() || earlier == 0; i++) {
        if (flip.isDone()) {
          flip.get();
        }
        long answer = (i % 2 == 0 ? one : two).head();
        assertThat(answer).isGreaterThanOrEqualTo(earlier);
        earlier = answer;
      }
    }

    assertThat(one.head()).isEqualTo(7);
    assertThat(two.head()).isEqualTo(7);
    assertThat(two.shared().isFlipAnnounced()).isFalse();
  }

  private void publishSnapshot() {
    var _ =
        SnapshotFlip.commit(
            one.gate.store,
            Batch.synced(
                List.of(
                    new Write.PutSnapshotCrate(7, StoreSamples.snapshotCrate("serde", "1.0.0")),
                    new Write.PutSnapshot(StoreSamples.snapshot(7)),
                    new Write.PutMeta(MetaKey.SNAPSHOT_HEAD, Bytes.utf8("7")))));
  }

  @Test
  void oneNodeLeadsAndTheOtherTakesOver() {
    await(() -> one.cluster.status().leads() || two.cluster.status().leads());
    Node first = one.cluster.status().leads() ? one : two;
    Node second = first.equals(one) ? two : one;
    assertThat(second.cluster.status().leads()).isFalse();

    first.cluster.close();

    await(() -> second.cluster.status().leads());
    assertThat(first.cluster.status().leads()).isFalse();
  }
}

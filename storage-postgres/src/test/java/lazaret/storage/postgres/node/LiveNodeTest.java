package lazaret.storage.postgres.node;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import lazaret.storage.objects.FolderObjectStore;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.postgres.connection.PostgresAddress;
import lazaret.storage.postgres.fixture.ClusterStores;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.storage.provider.ProvidedStore;
import lazaret.testkit.wire.Hold;
import lazaret.testkit.wire.PostgresWireProxy;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Lease;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.SharedState;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreChange;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes whose rows, server or heads change under them.
class LiveNodeTest {
  @TempDir Path folder;

  private PostgresServer server;
  private ClusterStores stores;

  @BeforeEach
  void create() {
    server = PostgresServer.shared();
    stores = ClusterStores.on(server, folder);
  }

  private static SharedState shared(ProvidedStore open) {
    return open.store().shared().orElseThrow();
  }

  private static List<LedgerEntry> decide(Store store, String version) {
    return store.commit(
        Batch.synced(List.of(new Write.Append(StoreSamples.approval(id("serde", version), 1)))));
  }

  private static List<StoreChange> followed(ProvidedStore open) {
    List<StoreChange> seen = new CopyOnWriteArrayList<>();
    shared(open).follow(seen::addAll);
    return seen;
  }

  private void execute(String sql) {
    server.execute(stores.database(), sql);
  }

  @Test
  void aNodeStaysCurrentByItself() {
    try (Store store = stores.open("one").store()) {
      SharedState shared = store.shared().orElseThrow();
      // Three times as long as a node without reads is current. A busy machine may delay a read.
      int current = 0;
      for (int i = 0; current < 30 && i < 600; i++) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        current = shared.isCurrent() ? current + 1 : 0;
      }
      assertThat(current).isEqualTo(30);
    }
  }

  @Test
  void whatIsCommittedIsInForceEverywhereByAStatedTime() {
    try (Store store = stores.open("one").store()) {
      SharedState shared = store.shared().orElseThrow();
      var _ = decide(store, "1.0.0");

      Instant stated = shared.inForceBy();

      Instant now = databaseTime();
      // The statement was executed after the time was read.
      assertThat(stated).isAfter(now.plus(shared.maxStaleness()).minusSeconds(1));
      assertThat(stated).isBefore(now.plus(shared.maxStaleness()).plusSeconds(5));
    }
  }

  private Instant databaseTime() {
    long micros =
        server.number(
            stores.database(), "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint");
    return Instant.EPOCH.plus(Duration.ofNanos(micros * 1_000));
  }

  /// The clock that the nodes get stands still at another time.
  @Test
  void nodesKnowTheTimeOfTheDatabase() {
    try (Store one = stores.open("one").store();
        Store two = stores.open("two").store()) {
      for (int i = 0; i < 10; i++) {
        for (Store each : List.of(one, two)) {
          Instant before = databaseTime();
          Instant known = each.shared().orElseThrow().now();
          assertThat(known).isAfter(before.minusSeconds(1)).isBefore(databaseTime().plusSeconds(1));
        }
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
  }

  @Test
  void nodesAgreeOnTheMaximumStaleness() {
    ClusterStores other = stores.with(stores.hosts(), Duration.ofSeconds(3));
    try (Store _ = stores.open("one").store()) {
      assertThatThrownBy(() -> other.open("two"))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "cannot open the store in PostgreSQL: expected 'cluster.max-staleness' of 1000 ms as on node 'one', found 3000 ms; configure all nodes alike, or stop the others and wait 10 s");
    }
    try (Store store = other.open("two").store()) {
      assertThat(store.shared().orElseThrow().maxStaleness()).isEqualTo(Duration.ofSeconds(3));
    }
  }

  @Test
  void aNodeWhoseRowWasRemovedRegistersAgainAndDropsAllCopies() {
    ProvidedStore open = stores.open("one");
    try (Store _ = open.store()) {
      List<StoreChange> seen = followed(open);
      execute("DELETE FROM lazaret.node");

      shared(open).refresh();

      assertThat(seen).contains(StoreChange.EVERYTHING);
      assertThat(server.number(stores.database(), "SELECT count(*) FROM lazaret.node"))
          .isEqualTo(1);
      PostgresServer.await(() -> shared(open).isCurrent());
    }
  }

  @Test
  void aNodeDropsAllCopiesIfChangesWereRemovedThatItDoesNotKnow() {
    ProvidedStore open = stores.open("one");
    try (Store _ = open.store()) {
      List<StoreChange> seen = followed(open);
      execute("UPDATE lazaret.cluster SET counter = 50, change_floor = 40");

      shared(open).refresh();

      assertThat(seen).containsExactly(StoreChange.EVERYTHING);
    }
  }

  @Test
  void aProgramThatIsTooOldStopsServing() {
    ProvidedStore open = stores.open("one");
    try (Store _ = open.store()) {
      execute("UPDATE lazaret.schema_state SET oldest_program = 1000");

      assertThatThrownBy(() -> shared(open).refresh())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("its schema needs a newer program");
      PostgresServer.await(() -> !shared(open).isCurrent());
    }
  }

  /// The node slept while the others, which had stopped, were started with another value.
  @Test
  void aNodeWithAnOutdatedMaximumStalenessStopsServing() {
    ProvidedStore open = stores.open("one");
    try (Store _ = open.store()) {
      execute("UPDATE lazaret.cluster SET max_staleness_ms = 250");

      assertThatThrownBy(() -> shared(open).refresh())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(
              "expected 'cluster.max-staleness' of 250 ms as on the other nodes, found 1000 ms");
      PostgresServer.await(() -> !shared(open).isCurrent());
    }
  }

  /// Another node can acknowledge the same decision before the caller here learns of its commit.
  @Test
  void anOwnChangeWhoseCommitHasNoAnswerIsPassedOn() throws Exception {
    try (PostgresWireProxy proxy = PostgresWireProxy.before(server.address().port())) {
      ProvidedStore open =
          stores
              .with(
                  List.of(new PostgresAddress("127.0.0.1", proxy.port())),
                  ClusterStores.MAX_STALENESS)
              .open("one");
      try (Store store = open.store()) {
        List<StoreChange> seen = followed(open);
        Hold hold = new Hold();
        proxy.holdReply(PostgresWireProxy.Statement.first("lazaret.ledger", "COMMIT"), hold);
        FutureTask<List<LedgerEntry>> commit = new FutureTask<>(() -> decide(store, "1.0.0"));
        Thread _ = Thread.ofVirtual().start(commit);
        hold.awaitReached();

        shared(open).refresh();

        assertThat(seen).containsExactly(new StoreChange(StoreChange.Kind.CRATE, "serde"));
        assertThat(commit.isDone()).isFalse();
        hold.release();
        assertThat(commit.get()).hasSize(1);
      }
    }
  }

  @Test
  void aDatabaseThatWasSetBackWithholds() throws Exception {
    Store store = stores.open("one").store();
    var _ = decide(store, "1.0.0");
    var _ = decide(store, "1.0.1");
    store.close();
    // As a restored backup has it: the second decision is missing.
    execute("DELETE FROM lazaret.ledger WHERE sequence = 2");
    execute("DELETE FROM lazaret.commit_log WHERE counter = 2");
    execute("DELETE FROM lazaret.change WHERE counter = 2");
    execute(
        "UPDATE lazaret.cluster SET counter = 1, ledger_sequence = 1, ledger_hash ="
            + " (SELECT hash FROM lazaret.ledger WHERE sequence = 1)");
    // An object of another form does not hide the heads.
    String cluster =
        server.texts(stores.database(), "SELECT id::text FROM lazaret.cluster").getFirst();
    try (var objects = new FolderObjectStore(stores.folder().resolve("objects"))) {
      objects.put(new ObjectKey("heads/" + cluster + "/a-foreign-name"), Bytes.utf8("x"));
    }

    // Another node finds the head in the object store.
    try (Store again = stores.open("two").store()) {
      assertThat(again.condition().withholds()).isTrue();
      assertThat(again.condition().loss())
          .startsWith("ledger entry 2 is missing, acknowledged between");
      assertThatThrownBy(() -> decide(again, "1.0.2"))
          .isInstanceOf(StoreException.class)
          .extracting(e -> ((StoreException) e).code())
          .isEqualTo(ErrorCode.STORE_LOSS);

      assertThat(again.acceptLoss(StoreSamples.notice("accepted"))).isPresent();

      assertThat(again.condition().withholds()).isFalse();
      assertThat(decide(again, "1.0.3")).hasSize(1);
    }
    try (Store first = stores.open("one").store()) {
      assertThat(first.condition().withholds()).isFalse();
    }
  }

  @Test
  void anotherLedgerOfTheSameLengthWithholds() {
    Store store = stores.open("one").store();
    var _ = decide(store, "1.0.0");
    store.close();
    execute("UPDATE lazaret.ledger SET hash = decode(repeat('ab', 32), 'hex')");

    try (Store again = stores.open("one").store()) {
      assertThat(again.condition().loss())
          .startsWith("ledger entry 1 does not have the hash that was acknowledged at");
    }
  }

  @Test
  void theSweepRemovesChangesThatAllNodesKnow() {
    ProvidedStore one = stores.open("one");
    ProvidedStore two = stores.open("two");
    try (Store _ = one.store();
        Store _ = two.store()) {
      var _ = decide(one.store(), "1.0.0");
      var _ = decide(one.store(), "1.0.1");
      execute("UPDATE lazaret.commit_log SET at = at - interval '1 hour' WHERE counter = 1");
      List.of(one, two).forEach(each -> shared(each).refresh());
      List.of(one, two).forEach(each -> shared(each).refresh());

      one.tasks().sweep();

      assertThat(server.number(stores.database(), "SELECT min(counter) FROM lazaret.change"))
          .isEqualTo(2);
      assertThat(server.number(stores.database(), "SELECT change_floor FROM lazaret.cluster"))
          .isEqualTo(1);
    }
  }

  @Test
  void theSweepEndsAnAnnouncementWhosePublisherIsGone() {
    ProvidedStore one = stores.open("one");
    try (Store _ = one.store()) {
      shared(one).announceFlip(7, Duration.ofSeconds(10));
      assertThat(shared(one).isFlipAnnounced()).isTrue();

      one.tasks().sweep();
      shared(one).refresh();

      assertThat(shared(one).isFlipAnnounced()).isFalse();
    }
  }

  @Test
  void aPublisherWhoseAnnouncementWasEndedCannotCommit() {
    ProvidedStore one = stores.open("one");
    try (Store store = one.store()) {
      Lease lease = store.leases().take("snapshots", Duration.ofMillis(1)).orElseThrow();
      shared(one).announceFlip(7, Duration.ofSeconds(10));

      one.tasks().sweep();

      var head = new Write.PutMeta(MetaKey.SNAPSHOT_HEAD, Bytes.utf8("7"));
      Batch batch = Batch.synced(List.of(head));
      assertThatThrownBy(() -> Lease.during(lease, () -> store.commit(batch)))
          .isInstanceOf(StoreException.class)
          .extracting(e -> ((StoreException) e).code())
          .isEqualTo(ErrorCode.LEASE_LOST);
    }
  }

  @Test
  void aPublisherThatIsLateDoesNotEndTheAnnouncementOfAnother() {
    ProvidedStore one = stores.open("one");
    ProvidedStore two = stores.open("two");
    try (Store _ = one.store();
        Store _ = two.store()) {
      shared(one).announceFlip(7, Duration.ofSeconds(10));
      shared(two).announceFlip(8, Duration.ofSeconds(10));

      shared(one).cancelFlip();

      assertThat(server.number(stores.database(), "SELECT flip_to FROM lazaret.cluster"))
          .isEqualTo(8);
    }
  }

  @Test
  void aFlipDoesNotWaitForANodeThatMakesNoBeats() {
    try (Store store = stores.open("one").store()) {
      execute(
          """
          INSERT INTO lazaret.node
            (instance, name, program, product, started, beat, at, applied, max_staleness_ms, policy)
          VALUES (gen_random_uuid(), 'dead', 1, '', clock_timestamp(), 3, clock_timestamp(), 0, 1000, '')
          """);
      long begun = System.nanoTime();

      store.shared().orElseThrow().announceFlip(7, Duration.ofSeconds(10));

      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(8));
    }
  }

  @Test
  void aNodeThatEndsLeavesItsLeasesToOthers() {
    Store one = stores.open("one").store();
    try (Store two = stores.open("two").store()) {
      assertThat(one.leases().take("leader", Duration.ofHours(1))).isPresent();
      assertThat(two.leases().take("leader", Duration.ofHours(1))).isEmpty();

      one.close();

      assertThat(two.leases().take("leader", Duration.ofHours(1))).isPresent();
    }
  }
}

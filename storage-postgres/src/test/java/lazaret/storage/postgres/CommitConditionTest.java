package lazaret.storage.postgres;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static lazaret.vetting.gate.fixture.StoreSamples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import lazaret.storage.postgres.fixture.OpenStore;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.fixture.ConcurrencyContract;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.BatchCondition;
import lazaret.vetting.gate.store.Lease;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.StoreFault;
import lazaret.vetting.gate.store.WriteScope;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The conditions and the announcement of commits, on two stores over one database.
class CommitConditionTest {
  @TempDir Path folder;

  private PostgresServer server;
  private String database;
  private OpenStore first;
  private OpenStore second;

  @BeforeEach
  void open() {
    server = PostgresServer.shared();
    database = server.newDatabase();
    first = OpenStore.open(server.settings(database), folder);
    second = OpenStore.open(server.settings(database), folder);
  }

  @AfterEach
  void close() {
    if (first != null) {
      first.close();
    }
    if (second != null) {
      second.close();
    }
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(StoreException.class)
        .extracting(e -> ((StoreException) e).code())
        .isEqualTo(code);
  }

  private long number(String sql) {
    return server.number(database, sql);
  }

  private static Batch crateAt(Store store, long revision, Write... writes) {
    return Batch.synced(List.of(writes))
        .with(new BatchCondition.CrateAt(name("serde"), revision, store.nextRevision()));
  }

  private static Write index(String version) {
    return new Write.PutCrate(StoreSamples.held("serde", version));
  }

  @Test
  void refusesACrateThatAnotherNodeChanged() {
    var _ = first.store().commit(crateAt(first.store(), 0, index("1.0.0")));
    long read = first.store().revision(name("serde"));
    var _ = second.store().commit(crateAt(second.store(), read, index("1.0.1")));

    refused(
        ErrorCode.STORE_CONFLICT,
        () ->
            first
                .store()
                .commit(
                    crateAt(
                        first.store(),
                        read,
                        index("1.0.2"),
                        new Write.Append(StoreSamples.notice("late")))));
    refused(
        ErrorCode.STORE_CONFLICT,
        () -> first.store().commit(crateAt(first.store(), 0, index("1.0.2"))));

    assertThat(first.store().crate(name("serde"))).contains(StoreSamples.held("serde", "1.0.1"));
    assertThat(first.store().ledgerHead()).isEmpty();
    assertThat(number("SELECT counter FROM lazaret.cluster")).isEqualTo(2);
  }

  @Test
  void anImportedDecisionChangesTheRevision() {
    var _ = first.store().commit(crateAt(first.store(), 0, index("1.0.0")));
    long read = first.store().revision(name("serde"));
    var _ =
        second
            .store()
            .commit(
                Batch.synced(
                    List.of(new Write.Append(StoreSamples.approval(id("serde", "1.0.0"), 1)))));

    refused(
        ErrorCode.STORE_CONFLICT,
        () -> first.store().commit(crateAt(first.store(), read, index("1.0.1"))));
    assertThat(first.store().decisions(name("serde"))).hasSize(1);
  }

  @Test
  void aDecisionOnAnUnknownCrateMakesABareRow() {
    var _ =
        first
            .store()
            .commit(
                Batch.synced(
                    List.of(new Write.Append(StoreSamples.approval(id("serde", "1.0.0"), 1)))));

    assertThat(first.store().revision(name("serde"))).isPositive();
    assertThat(first.store().crate(name("serde"))).isEmpty();
    assertThat(first.store().records(name("serde"))).isEmpty();
    assertThat(first.store().counts().crates()).isZero();
    assertThat(first.store().names()).isEmpty();
  }

  @Test
  void aConditionThatOnlyComparesKeepsTheRevision() {
    var freshness = new Write.PutFreshness(name("serde"), StoreSamples.freshness("\"1\""));
    var _ =
        first
            .store()
            .commit(
                Batch.relaxed(List.of(freshness))
                    .with(new BatchCondition.CrateAt(name("serde"), 0, 0)));
    assertThat(first.store().revision(name("serde"))).isZero();
    assertThat(number("SELECT counter FROM lazaret.cluster")).isZero();

    var _ = second.store().commit(crateAt(second.store(), 0, index("1.0.0")));
    refused(
        ErrorCode.STORE_CONFLICT,
        () ->
            first
                .store()
                .commit(
                    Batch.relaxed(List.of(freshness))
                        .with(new BatchCondition.CrateAt(name("serde"), 0, 0))));
    long revision = first.store().revision(name("serde"));
    var _ =
        first
            .store()
            .commit(
                Batch.relaxed(List.of(freshness))
                    .with(new BatchCondition.CrateAt(name("serde"), revision, revision)));
    assertThat(second.store().revision(name("serde"))).isEqualTo(revision);
    assertThat(second.store().records(name("serde")).orElseThrow().revision()).isEqualTo(revision);
  }

  @Test
  void losesNoCountOfAScope() throws Exception {
    ConcurrencyContract.inParallel(
        16,
        i -> {
          Store store = i % 2 == 0 ? first.store() : second.store();
          int _ =
              store.serially(
                  WriteScope.TOKENS,
                  () -> {
                    int count = store.meta("n").map(Bytes::text).map(Integer::parseInt).orElse(0);
                    var _ =
                        store.commit(
                            Batch.relaxed(
                                List.of(
                                    new Write.PutMeta(
                                        "n", Bytes.utf8(String.valueOf(count + 1))))));
                    return count;
                  });
        });

    assertThat(first.store().meta("n")).contains(Bytes.utf8("16"));
    assertThat(number("SELECT number FROM lazaret.revision WHERE scope = 'tokens'")).isEqualTo(16);
  }

  @Test
  void refusesTheWritesOfALostLease() {
    var lease = new Lease("leader", UUID.randomUUID(), 7);
    server.execute(
        database,
        "INSERT INTO lazaret.lease (key, holder, epoch, expires) VALUES ('leader', '%s', 7, now())"
            .formatted(lease.holder()));
    Batch batch = Batch.synced(List.of(new Write.PutMeta("x", Bytes.utf8("1"))));

    // It is expired, and no other holder took it.
    var _ = first.store().commit(batch.with(new BatchCondition.LeaseHeld(lease, false)));
    var _ = first.store().commit(batch.with(new BatchCondition.LeaseHeld(lease, true)));
    assertThat(number("SELECT count(*) FROM lazaret.lease")).isZero();
    refused(
        ErrorCode.LEASE_LOST,
        () ->
            Lease.during(
                lease,
                () ->
                    first
                        .store()
                        .commit(Batch.synced(List.of(new Write.PutMeta("x", Bytes.utf8("2")))))));

    assertThat(first.store().meta("x")).contains(Bytes.utf8("1"));
  }

  @Test
  void refusesTheArtifactsOfALostLease() {
    var lease = new Lease("bundle-import", UUID.randomUUID(), 7);
    VerifiedCrate crate = StoreSamples.artifact(1, 100);

    refused(
        ErrorCode.LEASE_LOST,
        () ->
            Lease.during(
                lease,
                () -> {
                  try (Store.BulkWriter bulk = first.store().bulk()) {
                    bulk.put(crate);
                    bulk.settle();
                    return true;
                  }
                }));

    assertThat(first.store().hasArtifact(crate.id().cksum())).isFalse();
  }

  @Test
  void refusesDecisionsAloneWhileNothingIsRecordedOutside() {
    first.node().refuseDecisions();

    refused(
        ErrorCode.STORE_UNAVAILABLE,
        () ->
            first
                .store()
                .commit(
                    Batch.synced(
                        List.of(
                            new Write.Append(StoreSamples.approval(id("serde", "1.0.0"), 1))))));
    var _ = first.store().commit(crateAt(first.store(), 0, index("1.0.0")));

    assertThat(first.store().ledgerHead()).isEmpty();
    assertThat(first.store().crate(name("serde"))).isPresent();
  }

  /// The node knows a later commit than the database has, and its next beat looks for the loss.
  @Test
  void refusesToContinueADatabaseThatWasSetBack() {
    first.node().lose(StoreCondition.SOUND, 5);

    refused(
        ErrorCode.STORE_UNAVAILABLE,
        () ->
            first
                .store()
                .commit(Batch.synced(List.of(new Write.Append(StoreSamples.notice("n"))))));

    assertThat(number("SELECT counter FROM lazaret.cluster")).isZero();
    assertThat(first.node().doubted()).isEmpty();
  }

  @Test
  void announcesWhatOtherNodesMustLearn() {
    var _ =
        first
            .store()
            .commit(
                Batch.relaxed(
                    List.of(
                        index("1.0.0"),
                        new Write.PutToken(StoreSamples.token("ci")),
                        new Write.Append(StoreSamples.notice("n")))));
    var _ =
        first
            .store()
            .commit(
                Batch.synced(
                    List.of(new Write.PutVerdict(StoreSamples.verdict(id("a", "1.0.0"), 1)))));

    assertThat(number("SELECT counter FROM lazaret.cluster")).isEqualTo(1);
    assertThat(
            number(
                "SELECT count(*) FROM lazaret.change WHERE counter = 1 AND node = "
                    + first.node().id()))
        .isEqualTo(2);
    assertThat(number("SELECT kind FROM lazaret.change WHERE key = 'serde'")).isEqualTo(1);
    assertThat(number("SELECT ledger_sequence FROM lazaret.commit_log WHERE counter = 1"))
        .isEqualTo(1);
    // A relaxed batch is not recorded outside of the database.
    assertThat(first.node().positions()).isEmpty();
    var _ =
        first.store().commit(Batch.synced(List.of(new Write.PutFeed(StoreSamples.feed("osv")))));
    assertThat(first.node().positions()).extracting(CommitPosition::counter).containsExactly(2L);
  }

  @Test
  void theHeadOfSnapshotsEndsTheAnnouncementOfAFlip() {
    server.execute(database, "UPDATE lazaret.cluster SET flip_to = 7, flip_lease = 1");
    var _ = first.store().commit(Batch.synced(List.of(new Write.PutFeed(StoreSamples.feed("a")))));
    assertThat(number("SELECT flip_to FROM lazaret.cluster")).isEqualTo(7);

    var _ =
        first
            .store()
            .commit(
                Batch.synced(List.of(new Write.PutMeta(MetaKey.SNAPSHOT_HEAD, Bytes.utf8("7")))));

    assertThat(number("SELECT count(flip_to) FROM lazaret.cluster")).isZero();
  }

  @Test
  void refusesACommitOfAProgramThatIsTooOld() {
    server.execute(database, "UPDATE lazaret.schema_state SET oldest_program = 2");

    refused(
        ErrorCode.STORE_UNUSABLE,
        () ->
            first
                .store()
                .commit(Batch.synced(List.of(new Write.Append(StoreSamples.notice("n"))))));
    assertThat(first.store().ledgerHead()).isEmpty();
    assertThat(number("SELECT count(*) FROM lazaret.ledger")).isZero();
  }

  @Test
  void writesNothingAfterALossUntilItIsAccepted() {
    var _ = first.store().commit(Batch.synced(List.of(new Write.Append(StoreSamples.notice("1")))));
    first.node().lose(new StoreCondition(List.of(new StoreFault.HeadUnreadable("is damaged"))), 41);
    Batch batch = Batch.synced(List.of(new Write.Append(StoreSamples.notice("2"))));

    refused(ErrorCode.STORE_LOSS, () -> first.store().commit(batch));
    assertThat(first.store().acceptLoss(StoreSamples.notice("accepted")))
        .hasValueSatisfying(entry -> assertThat(entry.sequence()).isEqualTo(2));
    assertThat(number("SELECT counter FROM lazaret.cluster")).isEqualTo(42);
    assertThat(number("SELECT losses FROM lazaret.cluster")).isEqualTo(1);
    // No key of an object that the lost database named is used again.
    assertThat(number("SELECT nextval('lazaret.object_generation')")).isGreaterThan(1_000_000_000L);
    assertThat(number("SELECT kind FROM lazaret.change WHERE counter = 42")).isEqualTo(9);
    assertThat(first.store().commit(batch)).hasSize(1);
    assertThat(first.store().acceptLoss(StoreSamples.notice("again"))).isEmpty();
  }
}

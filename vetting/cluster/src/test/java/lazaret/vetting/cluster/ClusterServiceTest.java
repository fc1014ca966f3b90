package lazaret.vetting.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.ClusterNode;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.SnapshotFlip;
import lazaret.vetting.gate.store.StoreChange;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two nodes, each with a gate, a desk and a heap of its own.
class ClusterServiceTest {
  private final SharedMemory memory = new SharedMemory();
  private final ClusterGate one = ClusterGate.open(memory, "one");
  private final ClusterGate two = ClusterGate.open(memory, "two");

  @AfterEach
  void close() {
    try {
      one.close();
    } finally {
      two.close();
    }
  }

  private static void await(BooleanSupplier condition) {
    for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private CrateId publish(String name) {
    CrateId id = one.gate.publish(name, "1.0.0", 100);
    assertThat(two.gate.publish(name, "1.0.0", 100)).isEqualTo(id);
    return id;
  }

  @Test
  void aDenialIsInForceFromTheNextBeatOn() {
    CrateId id = publish("alpha");
    assertThat(two.gate.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(one.gate.decide(Decision.Kind.DENY, id).recorded()).hasSize(1);

    two.beat();

    assertThat(two.refusal()).isEmpty();
    assertThat(two.gate.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
  }

  @Test
  void theTokensOfServersThatEndedAreRevoked() {
    TokenService tokens = one.gate.desk.tokens();
    for (String name : List.of("admin", "admin-one", "admin-gone")) {
      var _ = tokens.create(token(name, "admin"), "gate");
    }
    var _ = tokens.create(token("admin-of-ann", "ann"), "ann");

    one.cluster.sweep();

    assertThat(tokens.list())
        .extracting(Token::name)
        .containsExactlyInAnyOrder("admin", "admin-one", "admin-of-ann");
  }

  private static TokenService.TokenSpec token(String name, String owner) {
    return new TokenService.TokenSpec(
        name, owner, RoleGrants.of(DeskRole.ADMIN), SignInMethod.TOKEN, null);
  }

  @Test
  void aNodeThatIsBehindAnswersNothing() {
    CrateId id = publish("alpha");
    assertThat(two.gate.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    two.store.node().cut(true);
    two.store.node().fallBehind();

    assertThat(two.refusal())
        .hasValueSatisfying(
            text -> assertThat(text).startsWith("this node does not know the newest decisions"));
    assertThatThrownBy(() -> two.gate.download(id))
        .isInstanceOf(StoreException.class)
        .extracting(e -> ((StoreException) e).code())
        .isEqualTo(ErrorCode.NODE_BEHIND);
    assertThat(two.cluster.status().current()).isFalse();
    assertThat(one.refusal()).isEmpty();

    two.store.node().cut(false);
    two.beat();
    assertThat(two.refusal()).isEmpty();
  }

  @Test
  void aRevokedTokenIsUnknownFromTheNextBeatOn() {
    TokenService.IssuedToken issued =
        one.gate.desk.tokens().create("ci", RoleGrants.of(DeskRole.READER), null, "ann");
    two.beat();
    assertThat(two.gate.desk.tokens().authenticate(issued.secret())).isPresent();
    assertThat(one.gate.desk.tokens().revoke("ci", "ann")).isTrue();

    two.beat();

    assertThat(two.gate.desk.tokens().authenticate(issued.secret())).isEmpty();
  }

  @Test
  void feedsOfOneNodeComeIntoForceOnTheOther() {
    one.store.commit(Batch.synced(List.of(new Write.PutFeed(StoreSamples.feed("osv")))));

    two.beat();

    await(() -> two.gate.rules.current().advisories().feed("osv").isPresent());
    assertThat(two.refusal()).isEmpty();
  }

  @Test
  void aRequestAfterAnAnswerFromTheNewSnapshotGetsTheNewSnapshot() {
    one.gate.withoutFsck("the snapshot is a sample without bundle");
    two.gate.withoutFsck("the snapshot is a sample without bundle");
    assertThat(two.gate.store.snapshots().head()).isZero();

    var _ =
        SnapshotFlip.commit(
            one.gate.store,
            Batch.synced(
                List.of(
                    new Write.PutSnapshotCrate(7, StoreSamples.snapshotCrate("serde", "1.0.0")),
                    new Write.PutSnapshot(StoreSamples.snapshot(7)),
                    new Write.PutMeta(MetaKey.SNAPSHOT_HEAD, Bytes.utf8("7")))));

    // Without a beat of its own: the announcement makes each request look.
    assertThat(two.refusal()).isEmpty();
    assertThat(two.gate.store.snapshots().head()).isEqualTo(7);
  }

  @Test
  void aRefusalOfOneNodeIsExplainedByTheOther() {
    CrateId id = publish("alpha");
    one.gate.gate.refused("request-1", id);

    one.cluster.round();

    assertThat(two.gate.desk.refusals().ofRequest("request-1")).contains(id);
  }

  @Test
  void theNodesKnowThePolicyOfEach() {
    one.cluster.round();

    assertThat(two.cluster.nodes())
        .filteredOn(node -> node.name().equals("one"))
        .extracting(ClusterNode::policy)
        .containsExactly(one.gate.rules.current().policyGeneration());
  }

  @Test
  void changesBeforeThePartsExistAreApplied() {
    InMemoryStore store = memory.node("three");
    var changes = new ChangeApplier();
    store.node().follow(changes);
    one.store.commit(Batch.synced(List.of(new Write.PutFeed(StoreSamples.feed("osv")))));
    store.node().beat();

    try (GateFixture gate = new GateFixture(store);
        ClusterService cluster = new ClusterService(store, changes, gate.clock)) {
      cluster.attach(new ChangeApplier.Parts(store, () -> {}, gate.rules, gate.gate, gate.desk));

      await(() -> gate.rules.current().advisories().feed("osv").isPresent());
    }
  }

  @Test
  void lockfilesThatWereMissedAreReadAgain() {
    List<SeenLockfile> seen = new CopyOnWriteArrayList<>();
    two.gate.gate.usageLog().lockfileSightings().onSeen(seen::add);
    SeenLockfile lockfile = StoreSamples.lockfile("version = 4", "app", 1);
    one.store.commit(Batch.synced(List.of(new Write.PutLockfile(lockfile))));

    // Not by a beat, as if the changes had been removed from the database meanwhile.
    two.changes.changed(List.of(StoreChange.EVERYTHING));

    await(() -> !seen.isEmpty());
    assertThat(seen).containsExactly(lockfile);
  }

  @Test
  void aServerThatHasItsStoreAloneIsAlwaysCurrent() throws Exception {
    try (ClusterService alone =
        new ClusterService(new InMemoryStore(), new ChangeApplier(), Clock.systemUTC())) {
      assertThat(alone.refusal()).isEmpty();
      assertThat(alone.status()).isEqualTo(ClusterStatus.ALONE);
      assertThat(alone.nodes()).isEmpty();
      assertThat(alone.leader().run(() -> {})).isTrue();
    }
  }
}

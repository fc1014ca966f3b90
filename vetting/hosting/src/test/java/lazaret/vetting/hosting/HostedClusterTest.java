package lazaret.vetting.hosting;

import static lazaret.vetting.hosting.HostingFixture.ADA;
import static lazaret.vetting.hosting.HostingFixture.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lazaret.testkit.ManualClock;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.OriginGate;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.StoreChange;
import lazaret.vetting.hosting.PublishResult.Accepted;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationState;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two gates with one private registry over one store. A gate learns the changes of the other one
/// when its node beats.
class HostedClusterTest {
  private final SharedMemory memory = new SharedMemory(new ManualClock(HostingFixture.START));
  private final HostingFixture one = new HostingFixture(new SnapshotViewStore(memory.node("one")));
  private final HostingFixture two = new HostingFixture(new SnapshotViewStore(memory.node("two")));

  HostedClusterTest() {
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

  private static void follow(HostingFixture node) {
    node.store
        .shared()
        .orElseThrow()
        .follow(
            changes -> {
              for (StoreChange change : changes) {
                if (change.kind() == StoreChange.Kind.CRATE) {
                  node.tested.gate.files().drop(CrateName.parse(change.key()));
                }
              }
            });
  }

  private static void beat(HostingFixture node) {
    node.store.shared().orElseThrow().refresh();
  }

  @Test
  void aVersionIsServedByTheOtherNodeFromItsNextBeatOn() {
    CrateId id = crate("solo-crate", "1.0.0").id();
    assertThat(two.origins.of(id.name())).isEqualTo(NameOrigin.PUBLIC);
    assertThat(one.publish(ADA, crate("solo-crate", "1.0.0"))).isInstanceOf(Accepted.class);

    beat(two);

    assertThat(two.origins.of(id.name())).isEqualTo(NameOrigin.PRIVATE);
    assertThat(two.index("solo-crate")).contains(id.cksum().hex());
    assertThat(two.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(two.publicIndex("solo-crate")).startsWith("404");
    assertThat(two.upstream.asked).isEmpty();
  }

  /// The other node did not hear of the crate yet, and finds it in the store.
  @Test
  void thePublicPathServesNoBytesBeforeTheNextBeatEither() {
    CrateId id = crate("solo-crate", "1.0.0").id();
    assertThat(two.origins.of(id.name())).isEqualTo(NameOrigin.PUBLIC);
    assertThat(one.publish(ADA, crate("solo-crate", "1.0.0"))).isInstanceOf(Accepted.class);
    OriginGate registry = new OriginGate(two.tested.gate, NameOrigin.PUBLIC);

    assertThat(
            registry.download(
                id.name(), id.version(), id.cksum(), new Requester("ci", "127.0.0.1")))
        .isInstanceOf(DownloadOutcome.Unknown.class);
    assertThat(two.upstream.asked).isEmpty();
  }

  @Test
  void bothNodesPublishVersionsOfOneCrateAndLoseNone() {
    assertThat(one.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);
    assertThat(two.publish(ADA, crate("acme-core", "1.1.0"))).isInstanceOf(Accepted.class);
    assertThat(one.publish(ADA, crate("acme-core", "1.2.0"))).isInstanceOf(Accepted.class);
    beat(one);
    beat(two);

    assertThat(one.index("acme-core").lines()).hasSize(3);
    assertThat(two.index("acme-core")).isEqualTo(one.index("acme-core"));
  }

  /// The other node deletes the version between two reads of a yank. Otherwise the yank would store
  /// the row from before, and its end would make the version live again.
  @Test
  void aYankDoesNotReplaceADeletionByTheOtherNode() {
    CrateId id = crate("acme-core", "1.0.0").id();
    assertThat(two.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);
    InterruptedStore third =
        new InterruptedStore(new SnapshotViewStore(memory.node("three")), "records");
    try (HostingFixture three = new HostingFixture(third.store())) {
      third.next(
          () ->
              assertThat(two.hosted.changes().delete(ADA, id.name(), id.version(), "a mistake"))
                  .isPresent());

      assertThat(three.yank(ADA, "acme-core", "1.0.0", true))
          .isInstanceOf(PublishResult.Refused.class);

      assertThat(three.hosted.rows().versions(id.name()))
          .extracting(Publication::state)
          .containsExactly(PublicationState.DELETED);
    }
  }

  /// The nodes of this test know a change after a minute, which is longer than the maximum wait.
  @Test
  void aDeletionWaitsForTheOtherNodeAsAYankDoes() {
    CrateId id = crate("acme-core", "1.0.0").id();
    assertThat(one.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);
    long begun = System.nanoTime();

    VersionChanges.DeletionResult deleted =
        one.hosted.changes().delete(ADA, id.name(), id.version(), "a mistake").orElseThrow();

    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    assertThat(deleted.inForceEverywhereAt())
        .isEqualTo(one.store.shared().orElseThrow().inForceBy());
    beat(two);
    assertThat(two.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
  }

  /// The answer of upstream for a name arrives after the other node published a crate with it.
  @Test
  void anAnswerThatIsOnItsWayDoesNotTakeThePlaceOfAPrivateCrate()
      throws ExecutionException, InterruptedException {
    CrateId _ =
        two.upstream.registry.publish(
            crate("solo-crate", "99.0.0"), HostingFixture.START.minus(Duration.ofDays(100)));
    two.upstream.arrived = new CountDownLatch(1);
    two.upstream.released = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> answer = threads.submit(() -> two.publicIndex("solo-crate"));
      RecordingUpstream.await(two.upstream.arrived);
      assertThat(one.publish(ADA, crate("solo-crate", "1.0.0"))).isInstanceOf(Accepted.class);
      two.upstream.released.countDown();

      assertThat(answer.get()).doesNotContain("99.0.0");
    }
    beat(two);

    assertThat(two.publicIndex("solo-crate")).startsWith("404");
    assertThat(two.index("solo-crate")).contains("\"1.0.0\"").doesNotContain("99.0.0");
    assertThat(two.notices()).contains(Notice.Kind.PRIVATE_NAME_PUBLIC);
  }
}

package lazaret.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import lazaret.e2e.cluster.harness.ClusterNetwork.Link;
import lazaret.e2e.cluster.harness.ClusterScene;
import lazaret.e2e.cluster.harness.FaultTable;
import lazaret.e2e.cluster.harness.HistoryEvent.Kind;
import lazaret.e2e.cluster.harness.HistoryEvent.Result;
import lazaret.e2e.cluster.harness.HistoryRecorder;
import lazaret.e2e.cluster.harness.NamespaceScene;
import lazaret.e2e.cluster.harness.SceneNode;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Fault;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.RequestNumber;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two servers in network namespaces of their own, of which one loses the database or the object
/// store. The kernel drops the packets, and sends again what was under way when they pass.
@Tag("all")
class NetworkPartitionE2E {
  private static final String FAULT = "network namespace";
  private static final String DENIED_INDEX = "/index/de/ni/denied";

  /// The time of the response of upstream to a server that is parted and joined meanwhile.
  private static final Duration SLOW = Duration.ofSeconds(50);

  /// The term within which another server leads.
  private static final Duration LEADER_TERM = Duration.ofSeconds(10);

  private static final String LEASED =
      "SELECT key FROM lazaret.lease WHERE key LIKE 'artifact/%' AND expires > clock_timestamp()";

  /// The transactions that wrote what an admission writes.
  private static final String WRITTEN =
      """
      SELECT 'artifact ' || generation::text || ' ' || xmin::text FROM lazaret.artifact
      UNION ALL SELECT 'findings ' || xmin::text FROM lazaret.findings
      """;

  /// The ways in which the link to the database fails.
  enum Cut {
    /// No packet passes.
    LINK,
    /// The statements of the server arrive, and no reply reaches it.
    REPLIES
  }

  private final List<CrateBuilder> crates =
      IntStream.range(0, 4).mapToObj(n -> CrateBuilder.crate("alpha", "1." + n + ".0")).toList();

  private static void cut(NamespaceScene scene, Cut cut) {
    switch (cut) {
      case LINK -> scene.network().part("a", Link.DATABASE);
      case REPLIES -> scene.network().loseReplies("a", Link.DATABASE);
    }
  }

  private static void awaitIndex(SceneNode node, String crate) {
    GateScene.await("the index of " + crate, () -> node.http().index(crate).status() == 200);
  }

  /// Returns whether an artifact is served. A response is the right bytes, or a failure for now.
  private static boolean isServed(SceneNode node, CrateBuilder crate) {
    HttpProbeClient.Answer answer = node.http().artifact(crate.id());
    if (answer.status() == 200) {
      assertThat(answer.body()).isEqualTo(crate.build());
      return true;
    }
    assertThat(answer.status()).as(answer.toString()).isGreaterThanOrEqualTo(500);
    return false;
  }

  private static void requireServed(SceneNode node, CrateBuilder crate) {
    GateScene.await(crate.folder(), () -> isServed(node, crate));
  }

  private static void deny(SceneNode node, String version) {
    // A transaction of a parted server may have a lock for five seconds.
    GateScene.await(
        "a denial", () -> node.http().decide("deny", "parted", version).status() == 200);
  }

  private static void requireSound(SceneNode node) {
    assertThat(node.http().order("/fsck", "{}").text()).contains("\"faults\":[]");
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheDatabaseNothingIsServedFromMemory(Cut cut) throws InterruptedException {
    CrateBuilder denied = CrateBuilder.crate("denied", "1.0.0");
    FixtureRegistry registry = Crates.aged(crates.toArray(CrateBuilder[]::new));
    try (NamespaceScene scene = NamespaceScene.start(Crates.addAged(registry, denied));
        HistoryRecorder history = new HistoryRecorder(crates)) {
      SceneNode a = scene.add("a").start();
      SceneNode b = scene.add("b").start();
      for (SceneNode node : List.of(a, b)) {
        awaitIndex(node, "alpha");
        awaitIndex(node, "denied");
        requireServed(node, denied);
      }
      String tag = a.http().index("denied").header("etag");
      GateScene.await("an index that is known", () -> conditional(a, tag).status() == 304);
      history.start("a", a, 1, 4);
      history.start("b", b, 1, 2);
      GateScene.await("decisions", () -> history.acknowledged() > 10);

      cut(scene, cut);
      Thread.sleep(ClusterScene.STALENESS);

      requireBehind(a, denied, tag);
      deny(b, "denied@1.0.0");
      requireGoingOn(b, history);
      requireBehind(a, denied, tag);
      assertThat(history.send(Kind.DENY, "a", a.http(), "alpha@1.0.0")).isEqualTo(Result.UNKNOWN);

      scene.network().heal("a", Link.DATABASE);
      GateScene.await("a refusal of what was denied", () -> isRefused(a, denied));
      GateScene.await("a server that serves", a::isReady);
      assertThat(a.http().index("denied").offers("1.0.0")).isFalse();
      assertThat(a.gate().alive()).isTrue();
      history.check(b.http(), ClusterScene.STALENESS);
      requireSound(a);
      requireSound(b);
      FaultTable.add(FAULT, "node and database, " + cut, 1);
    }
  }

  private static HttpProbeClient.Answer conditional(SceneNode node, String tag) {
    return node.http().get(DENIED_INDEX, "If-None-Match", tag);
  }

  /// Requires that a server answers with 503 what it has in memory.
  private static void requireBehind(SceneNode node, CrateBuilder crate, String tag) {
    List<HttpProbeClient.Answer> answers =
        List.of(
            node.http().index(crate.name()),
            conditional(node, tag),
            node.http().artifact(crate.id()));
    for (HttpProbeClient.Answer answer : answers) {
      assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isNotEmpty();
    }
    assertThat(node.isReady()).isFalse();
  }

  /// Requires that a server serves and decides while no other one does.
  private static void requireGoingOn(SceneNode node, HistoryRecorder history) {
    long before = history.acknowledged();
    awaitIndex(node, "alpha");
    GateScene.await("decisions at the other server", () -> history.acknowledged() > before + 10);
  }

  /// Returns whether a version that was denied is refused, and requires that it is not served.
  private static boolean isRefused(SceneNode node, CrateBuilder crate) {
    HttpProbeClient.Answer answer = node.http().artifact(crate.id());
    assertThat(answer.status()).as(answer.toString()).isNotEqualTo(200);
    return answer.status() == 403;
  }

  /// The leader has a lease, is parted and joined, and then has what it wants to write.
  @Test
  void theFormerLeaderWritesNothingUnderALostLease() {
    CrateBuilder late = CrateBuilder.crate("late", "1.0.0");
    try (NamespaceScene scene = NamespaceScene.start(Crates.aged(late))) {
      SceneNode a = scene.add("a").start();
      GateScene.await("a leader", a::leads);
      SceneNode b = scene.add("b").start();
      awaitIndex(a, "late");
      awaitIndex(b, "late");
      scene.upstream().script("/crates/late/*", RequestNumber.first(1), new Fault.Delay(SLOW));
      Thread.ofVirtual().start(new FutureTask<>(() -> a.http().artifact(late.id())));
      GateScene.await("a fetch", () -> scene.upstream().count("/crates/late/*") == 1);
      assertThat(scene.texts(LEASED)).hasSize(1);

      long begun = System.nanoTime();
      scene.network().part("a", Link.DATABASE);
      GateScene.await("another leader", b::leads);
      Duration taken = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(taken).isLessThan(LEADER_TERM);
      requireServed(b, late);
      List<String> written = scene.texts(WRITTEN);
      assertThat(written).hasSize(2);

      scene.network().heal("a", Link.DATABASE);
      GateScene.await("a server that serves", a::isReady);
      GateScene.await("one leader", () -> !a.leads() && b.leads());
      String refusal =
          "cannot write under the lease 'artifact/%s'".formatted(late.id().cksum().hex());
      GateScene.await("a late write", () -> a.gate().log().contains(refusal));
      requireServed(a, late);
      assertThat(scene.texts(WRITTEN)).containsExactlyInAnyOrderElementsOf(written);
      assertThat(scene.texts(LEASED)).isEmpty();
      requireSound(a);
      FaultTable.add(FAULT, "leader and database", 1);
      FaultTable.add("until another server leads, network namespace", taken.toNanos());
    }
  }

  @Test
  void withoutTheObjectStoreAServerDecidesAndKeepsItsIndex() {
    CrateBuilder known = CrateBuilder.crate("read", "1.0.0");
    CrateBuilder unknown = CrateBuilder.crate("read", "1.1.0");
    CrateBuilder fresh = CrateBuilder.crate("read", "1.2.0");
    FixtureRegistry registry =
        Crates.aged(known, unknown, fresh, CrateBuilder.crate("denied", "1.0.0"));
    try (NamespaceScene scene = NamespaceScene.start(registry)) {
      SceneNode a = scene.add("a").start();
      SceneNode b = scene.add("b").start();
      for (SceneNode node : List.of(a, b)) {
        awaitIndex(node, "read");
        awaitIndex(node, "denied");
      }
      requireServed(b, unknown);
      requireServed(a, known);

      scene.network().part("a", Link.OBJECTS);

      requireServed(a, known);
      assertThat(isServed(a, unknown)).isFalse();
      boolean _ = isServed(a, fresh);
      deny(a, "denied@1.0.0");
      GateScene.await("a denial in the index", () -> !a.http().index("denied").offers("1.0.0"));
      awaitIndex(a, "read");
      GateScene.await("a head that is behind", () -> headLag(a) > 0);
      requireServed(b, unknown);
      requireServed(b, known);

      scene.network().heal("a", Link.OBJECTS);
      GateScene.await("a head that is recorded", () -> headLag(a) == 0);
      for (SceneNode node : List.of(a, b)) {
        for (CrateBuilder crate : List.of(known, unknown, fresh)) {
          requireServed(node, crate);
        }
        requireSound(node);
      }
      FaultTable.add(FAULT, "node and object store", 1);
    }
  }

  /// Returns for how many seconds the last write of a server is not in the object store; -1 if the
  /// server does not say so.
  private static double headLag(SceneNode node) {
    return node.metric("lazaret_head_behind_seconds").orElse(-1);
  }
}

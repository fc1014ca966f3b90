package lazaret.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import lazaret.e2e.cluster.harness.ClusterScene;
import lazaret.e2e.cluster.harness.FaultTable;
import lazaret.e2e.cluster.harness.HistoryEvent.Kind;
import lazaret.e2e.cluster.harness.HistoryEvent.Result;
import lazaret.e2e.cluster.harness.HistoryRecorder;
import lazaret.e2e.cluster.harness.LedgerReader;
import lazaret.e2e.cluster.harness.SceneNode;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.Machine;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.JsonObject;
import lazaret.testkit.wire.Hold;
import lazaret.testkit.wire.PostgresWireProxy;
import lazaret.testkit.wire.TcpProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A server that is parted from the database, and a client that is parted from its server. No
/// packet passes and no connection ends, as in a network that loses all of them.
@Tag("ci")
class PartitionE2E {
  private static final int ROUNDS =
      Integer.getInteger("lazaret.cluster.stops", Machine.all() ? 5 : 1);

  /// The wait of a read for its answer, with room for the denials.
  private static final Duration READ = Duration.ofSeconds(20);

  private final List<CrateBuilder> crates =
      IntStream.range(0, 4).mapToObj(n -> CrateBuilder.crate("alpha", "1." + n + ".0")).toList();

  @Test
  void aServerWithoutTheDatabaseServesNothingThatIsDeniedElsewhere() {
    ClusterScene.Places places = ClusterScene.Places.of(PostgresServer.shared());
    try (ClusterScene scene =
            new ClusterScene(Crates.aged(crates.toArray(CrateBuilder[]::new)), places);
        HistoryRecorder history = new HistoryRecorder(crates)) {
      SceneNode a = scene.add("a").start();
      SceneNode b = scene.add("b").start();
      GateScene.await("the index", () -> b.http().index("alpha").status() == 200);
      history.start("a", a, 1, 4);
      history.start("b", b, 1, 2);
      for (int round = 0; round < ROUNDS; round++) {
        GateScene.await(
            "a download at a",
            () -> history.send(Kind.DOWNLOAD, "a", a.http(), "alpha@1.0.0") != Result.UNKNOWN);
        long begun = System.nanoTime();
        a.wire().part();
        for (CrateBuilder crate : crates) {
          String version = "alpha@" + crate.id().version().text();
          // A transaction of the parted server may have a lock for five seconds.
          GateScene.await(
              "a denial at b",
              () -> history.send(Kind.DENY, "b", b.http(), version) == Result.ACKNOWLEDGED);
        }
        GateScene.await("a server that is behind", () -> a.http().index("alpha").status() == 503);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
            .isLessThan(ClusterScene.STALENESS.plus(READ));
        assertThat(history.send(Kind.DENY, "a", a.http(), "alpha@1.0.0")).isEqualTo(Result.UNKNOWN);
        a.heal();
        GateScene.await("a server that serves", () -> a.http().index("alpha").status() == 200);
      }
      history.check(b.http(), ClusterScene.STALENESS);
      FaultTable.add("partition", "node and database", ROUNDS);
    }
  }

  /// A network that loses the reply to one connection alone: the server still knows the newest
  /// decisions, and one of its writes waits.
  @Test
  void aRequestDoesNotWaitAsLongAsAWriteOfItsCrate() throws Exception {
    ClusterScene.Places places = ClusterScene.Places.of(PostgresServer.shared());
    try (ClusterScene scene =
        new ClusterScene(Crates.aged(crates.toArray(CrateBuilder[]::new)), places)) {
      SceneNode a = scene.add("a").start();
      GateScene.await("the index", () -> a.http().index("alpha").status() == 200);
      Hold committed = new Hold();
      a.wire().holdReply(PostgresWireProxy.Statement.first("alpha", "COMMIT"), committed);
      FutureTask<HttpProbeClient.Answer> order =
          new FutureTask<>(() -> a.http().decide("deny", "once", "alpha@1.0.0"));
      Thread.ofVirtual().start(order);
      committed.awaitReached();

      long begun = System.nanoTime();
      HttpProbeClient.Answer waited = a.http().index("alpha");
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      committed.release();

      assertThat(waited.status()).isEqualTo(503);
      assertThat(took).isLessThan(READ);
      assertThat(order.get().status()).isEqualTo(200);
      GateScene.await("the decision", () -> !a.http().index("alpha").offers("1.0.0"));
    }
  }

  /// The client sends its order again, as a person does who saw no reply.
  @Test
  @Tag("all")
  void aDecisionWhoseReplyIsLostIsRecordedOnce() throws Exception {
    int port = Machine.freePort();
    ClusterScene.Places places = ClusterScene.Places.of(PostgresServer.shared());
    try (TcpProxy link = TcpProxy.before(port);
        ClusterScene scene =
            new ClusterScene(Crates.aged(crates.toArray(CrateBuilder[]::new)), places)) {
      String url = "http://127.0.0.1:" + link.port();
      SceneNode a =
          scene
              .add(
                  "a",
                  gate -> gate.argument("--listen", "127.0.0.1:" + port).set("public-url", url))
              .start();
      SceneNode b = scene.add("b").start();
      GateScene.await("the index", () -> a.http().index("alpha").status() == 200);
      // The server names its public URL, which leads through the proxy.
      HttpProbeClient parted = new HttpProbeClient(url, a.gate().token());
      HttpProbeClient direct = new HttpProbeClient("http://127.0.0.1:" + port, a.gate().token());
      Hold committed = new Hold();
      a.wire().holdReply(PostgresWireProxy.Statement.first("alpha", "COMMIT"), committed);
      FutureTask<HttpProbeClient.Answer> order =
          new FutureTask<>(() -> parted.decide("deny", "once", "alpha@1.0.0"));
      Thread.ofVirtual().start(order);
      committed.awaitReached();

      link.part();
      committed.release();
      GateScene.await("the decision", () -> !direct.index("alpha").offers("1.0.0"));
      assertThat(order.isDone()).isFalse();
      link.drop();
      link.join();
      HttpProbeClient.Answer again = b.http().decide("deny", "once", "alpha@1.0.0");

      assertThat(again.status()).as(again.toString()).isEqualTo(200);
      assertThat(JsonObject.parse(again.body()).objects("unchanged")).hasSize(1);
      assertThat(LedgerReader.reasons(b.http()).values()).containsOnlyOnce("once");
      FaultTable.add("partition", "client and node", 1);
    }
  }
}

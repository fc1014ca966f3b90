package lazaret.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
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
import lazaret.testkit.FixtureRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Approvals, denials and downloads at all servers at once, without faults and with servers that
/// are killed, stopped and parted at random.
@Tag("ci")
class ClusterHistoryE2E {
  /// The duration with faults, in seconds.
  private static final int SECONDS =
      Integer.getInteger("lazaret.cluster.seconds", Machine.all() ? 300 : 6);

  private static final int CRATES = 4;
  private static final int VERSIONS = 4;

  private final List<CrateBuilder> crates =
      IntStream.range(0, CRATES * VERSIONS)
          .mapToObj(n -> CrateBuilder.crate("crate" + n / VERSIONS, "1." + n % VERSIONS + ".0"))
          .toList();

  private ClusterScene scene() {
    FixtureRegistry registry = Crates.aged(crates.toArray(CrateBuilder[]::new));
    return new ClusterScene(registry, ClusterScene.Places.of(PostgresServer.shared()));
  }

  private static List<SceneNode> started(ClusterScene scene) {
    List<SceneNode> nodes = new ArrayList<>();
    for (String name : Machine.all() ? List.of("a", "b", "c") : List.of("a", "b")) {
      SceneNode node = scene.add(name).start();
      for (int crate = 0; crate < CRATES; crate++) {
        String index = "crate" + crate;
        GateScene.await("an index", () -> node.http().index(index).status() == 200);
      }
      nodes.add(node);
    }
    return nodes;
  }

  @Test
  void decisionsAndDownloadsAgreeWithOneOrder() throws InterruptedException {
    long seed = Long.getLong("lazaret.seed", System.nanoTime());
    System.out.println("faults at random: -Dlazaret.seed=" + seed);
    try (ClusterScene scene = scene();
        HistoryRecorder history = new HistoryRecorder(crates)) {
      List<SceneNode> nodes = started(scene);
      for (int i = 0; i < nodes.size(); i++) {
        history.start("node " + i, nodes.get(i), 2, 4);
      }
      Random random = new Random(seed);
      long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
      int faults = 0;
      long last = end + Duration.ofMinutes(2).toNanos();
      while (System.nanoTime() < end || (!isLong(history) && System.nanoTime() < last)) {
        Thread.sleep(Duration.ofSeconds(3));
        fault(nodes.get(random.nextInt(nodes.size())), random.nextInt(3));
        faults++;
      }
      for (SceneNode node : nodes) {
        GateScene.await("a server that serves", node::isReady);
      }
      history.check(nodes.getFirst().http(), ClusterScene.STALENESS);

      assertThat(isLong(history)).as("enough decisions and downloads").isTrue();
      for (SceneNode node : nodes) {
        assertThat(node.http().order("/fsck", "{}").text()).contains("\"faults\":[]");
      }
      FaultTable.add("history, decisions", nodes.size() + " servers", history.acknowledged());
      FaultTable.add(
          "history, downloads",
          nodes.size() + " servers",
          history.count(Kind.DOWNLOAD, Result.SERVED)
              + history.count(Kind.DOWNLOAD, Result.WITHHELD));
      FaultTable.add("history, faults", nodes.size() + " servers", faults);
    }
  }

  /// Returns whether a history has enough to say something. A busy machine needs more time for it.
  private static boolean isLong(HistoryRecorder history) {
    return history.count(Kind.DENY, Result.ACKNOWLEDGED) > 10
        && history.count(Kind.DOWNLOAD, Result.SERVED) > 10
        && history.count(Kind.DOWNLOAD, Result.WITHHELD) > 10;
  }

  /// Makes a fault of one server, which ends within seconds.
  private static void fault(SceneNode node, int kind) throws InterruptedException {
    switch (kind) {
      case 0 -> {
        node.kill();
        node.start();
      }
      case 1 -> {
        node.pause();
        Thread.sleep(ClusterScene.STALENESS.plusSeconds(1));
        node.resume();
      }
      default -> {
        node.wire().part();
        Thread.sleep(ClusterScene.STALENESS.plusSeconds(1));
        node.heal();
      }
    }
  }

  /// Two persons saw the same decisions on a version. One of them decides, and the other must look
  /// again.
  @Test
  @Tag("all")
  void ofTwoOrdersThatSawTheSameOneIsRecorded() {
    int rounds = Machine.all() ? 200 : 10;
    try (ClusterScene scene = scene()) {
      List<SceneNode> nodes = started(scene);
      for (int round = 0; round < rounds; round++) {
        int seen = round;
        List<HttpProbeClient> clients = List.of(nodes.get(0).http(), nodes.get(1).http());
        AtomicInteger next = new AtomicInteger();
        List<Integer> statuses =
            HttpProbeClient.herd(
                2,
                () -> {
                  int i = next.getAndIncrement();
                  return order(clients.get(i), i == 0 ? "approve" : "deny", seen).status();
                });

        assertThat(statuses).as("round %d", round).containsOnlyOnce(200);
      }
      assertThat(LedgerReader.reasons(nodes.getFirst().http())).hasSize(rounds);
      FaultTable.add("two orders at once", "approve and deny", rounds);
    }
  }

  private static HttpProbeClient.Answer order(HttpProbeClient http, String kind, int seen) {
    return http.order(
        "/decisions",
        """
        {"kind":"%s","specs":["crate0@1.0.0"],"reason":"%s after %d","seen_decisions":%d}
        """
            .formatted(kind, kind, seen, seen));
  }
}

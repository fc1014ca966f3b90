package lazaret.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lazaret.e2e.cluster.harness.ClusterScene;
import lazaret.e2e.cluster.harness.FaultTable;
import lazaret.e2e.cluster.harness.HistoryRecorder;
import lazaret.e2e.cluster.harness.SceneNode;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.FormClient;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.Machine;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Clocks of servers that differ by two hours, and a clock of the database that steps by a day. All
/// servers work by the clock of the database.
@Tag("all")
class ClusterClockE2E {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String INDEX = "/index/al/ph/alpha";
  private static final String ME = "/desk/people/me";

  private final List<CrateBuilder> crates =
      IntStream.range(0, 4).mapToObj(n -> CrateBuilder.crate("alpha", "1." + n + ".0")).toList();
  private final FixtureRegistry registry = Crates.aged(crates.toArray(CrateBuilder[]::new));

  private static void awaitServed(SceneNode... nodes) {
    for (SceneNode node : nodes) {
      GateScene.await("a server that serves", () -> node.http().index("alpha").status() == 200);
    }
  }

  /// Adds a server whose clock differs from that of the database.
  private static SceneNode started(ClusterScene scene, String name, Duration difference) {
    return scene.add(name, gate -> gate.processClock(Instant.now().plus(difference))).start();
  }

  /// Gives the server of the database a clock of its own.
  private static ClusterScene.Places steppable(PostgresServer server) {
    ClusterScene.Places places = ClusterScene.Places.of(server);
    server.stop();
    server.ownClock();
    server.begin();
    return places;
  }

  private static FormClient signedIn(SceneNode node) {
    FormClient browser = new FormClient();
    FormClient.Page page =
        browser.post(node.gate().url() + "/desk/sign-in", Map.of("token", node.gate().token()));
    assertThat(page.status()).as(page.text()).isEqualTo(200);
    return browser;
  }

  /// Opens a page for persons and returns the path of the page that is shown; empty if a server
  /// refuses it for now.
  private static String shown(FormClient browser, SceneNode node) {
    FormClient.Page page = browser.open(node.gate().url() + ME);
    return page.status() == 200 ? page.address().getPath() : "";
  }

  private static void awaitDecisions(HistoryRecorder history) {
    long before = history.acknowledged();
    GateScene.await("more decisions", () -> history.acknowledged() > before + 20);
  }

  @Test
  void clocksOfServersMayDiffer() {
    ClusterScene.Places places = ClusterScene.Places.of(PostgresServer.shared());
    try (ClusterScene scene = new ClusterScene(registry, places);
        HistoryRecorder history = new HistoryRecorder(crates)) {
      SceneNode early = started(scene, "early", HOUR);
      SceneNode late = started(scene, "late", HOUR.negated());
      awaitServed(early, late);
      history.start("early", early, 2, 4);
      history.start("late", late, 2, 4);
      awaitDecisions(history);
      awaitServed(early, late);
      awaitDecisions(history);

      history.check(early.http(), ClusterScene.STALENESS);
      for (SceneNode node : List.of(early, late)) {
        assertThat(node.http().order("/fsck", "{}").text()).contains("\"faults\":[]");
      }
      // A copy of the future would be old for the other server, and be fetched for each request.
      int fetched = scene.upstream().count(INDEX);
      assertThat(fetched).isLessThan(20);
      FaultTable.add("clocks of nodes", "one hour early and late", 1);
      FaultTable.add("clocks of nodes", "fetches of one index file", fetched);
    }
  }

  /// A session ends 30 minutes after its last request.
  @Test
  void aSessionEndsAtTheSameMomentOnAllServers() {
    try (PostgresServer server = PostgresServer.start();
        ClusterScene scene = new ClusterScene(registry, steppable(server))) {
      SceneNode early = started(scene, "early", HOUR);
      SceneNode late = started(scene, "late", HOUR.negated());
      FormClient one = signedIn(early);
      FormClient other = signedIn(late);
      GateScene.await("a page", () -> shown(one, late).equals(ME));
      GateScene.await("a page", () -> shown(other, early).equals(ME));

      server.stepClock(Duration.ofMinutes(31));

      GateScene.await("an end", () -> shown(one, late).equals("/desk/sign-in"));
      GateScene.await("an end", () -> shown(other, early).equals("/desk/sign-in"));
      FaultTable.add("clocks of nodes", "sessions of other nodes", 2);
    }
  }

  @Test
  void theClockOfTheDatabaseMayStep() {
    List<Duration> steps =
        Machine.all()
            ? List.of(
                Duration.ofDays(1),
                Duration.ZERO,
                Duration.ofDays(-1),
                Duration.ofDays(1),
                Duration.ZERO)
            : List.of(Duration.ofDays(1), Duration.ZERO);
    try (PostgresServer server = PostgresServer.start()) {
      ClusterScene.Places places = steppable(server);
      try (ClusterScene scene = new ClusterScene(registry, places);
          HistoryRecorder history = new HistoryRecorder(crates)) {
        SceneNode a = scene.add("a").start();
        SceneNode b = scene.add("b").start();
        awaitServed(a, b);
        history.start("a", a, 2, 4);
        history.start("b", b, 2, 4);
        for (Duration step : steps) {
          awaitDecisions(history);
          server.stepClock(step);
          awaitServed(a, b);
        }
        awaitDecisions(history);

        history.check(b.http(), ClusterScene.STALENESS);
        for (SceneNode node : List.of(a, b)) {
          assertThat(node.http().order("/fsck", "{}").text()).contains("\"faults\":[]");
        }
        FaultTable.add("clock of PostgreSQL", "one day forth and back", steps.size());
      }
    }
  }
}

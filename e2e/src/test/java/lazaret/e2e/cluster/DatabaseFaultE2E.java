package lazaret.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import lazaret.e2e.cluster.harness.ClusterScene;
import lazaret.e2e.cluster.harness.FaultTable;
import lazaret.e2e.cluster.harness.HistoryEvent.Kind;
import lazaret.e2e.cluster.harness.HistoryEvent.Result;
import lazaret.e2e.cluster.harness.HistoryRecorder;
import lazaret.e2e.cluster.harness.SceneNode;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.Machine;
import lazaret.storage.postgres.fixture.PgBouncer;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.wire.TcpProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Servers whose database stops, is promoted, or loses its standby or its pooler, while clients
/// decide and download.
@Tag("ci")
class DatabaseFaultE2E {
  private static final int ROUNDS =
      Integer.getInteger("lazaret.cluster.stops", Machine.all() ? 5 : 1);

  /// The number of clients of each server that decide, and of those that download.
  private static final int DECIDERS = 32;

  private static final int DOWNLOADERS = 4;

  private static final String SYNCHRONOUS =
      "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'";

  private final List<CrateBuilder> crates =
      IntStream.range(0, 12)
          .mapToObj(n -> CrateBuilder.crate("crate" + n / 4, "1." + n % 4 + ".0"))
          .toList();
  private final FixtureRegistry registry = Crates.aged(crates.toArray(CrateBuilder[]::new));

  /// Waits until servers answer registry requests with 503, and returns how long that took. A
  /// request that a server received before waits longer, for the database.
  private static Duration awaitBehind(SceneNode... nodes) {
    long begun = System.nanoTime();
    for (SceneNode node : nodes) {
      GateScene.await("a server that is behind", () -> isBehind(node));
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static boolean isBehind(SceneNode node) {
    var request = new FutureTask<>(() -> node.http().index("crate0").status() == 503);
    Thread _ = Thread.ofVirtual().start(request);
    try {
      return request.get(1, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void awaitServed(SceneNode... nodes) {
    for (SceneNode node : nodes) {
      GateScene.await("a server that serves", () -> node.http().index("crate0").status() == 200);
    }
  }

  /// Waits until clients got responses to some more decisions.
  private static void awaitDecisions(HistoryRecorder history) {
    long before = history.acknowledged();
    GateScene.await("more decisions", () -> history.acknowledged() > before + 20);
  }

  private static void requireSound(SceneNode node) {
    assertThat(node.http().order("/fsck", "{}").text()).contains("\"faults\":[]");
  }

  private static void setStandby(PostgresServer server, String name) {
    server.execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
    server.execute("postgres", "SELECT pg_reload_conf()");
  }

  /// Makes commits wait for the standby of a server, and waits until it is there.
  private static void awaitStandby(PostgresServer primary) {
    setStandby(primary, "*");
    PostgresServer.await(() -> primary.number("postgres", SYNCHRONOUS) == 1);
  }

  @Test
  void noAcknowledgedDecisionIsLostWhenTheDatabaseStopsAtOnce() {
    try (PostgresServer server = PostgresServer.start();
        ClusterScene scene = new ClusterScene(registry, ClusterScene.Places.of(server));
        HistoryRecorder history = new HistoryRecorder(crates)) {
      SceneNode a = scene.add("a").start();
      SceneNode b = scene.add("b").start();
      awaitServed(a, b);
      history.start("a", a, DECIDERS, DOWNLOADERS);
      history.start("b", b, DECIDERS, DOWNLOADERS);
      for (int round = 0; round < ROUNDS; round++) {
        awaitDecisions(history);
        server.stop();
        Duration behind = awaitBehind(a, b);
        assertThat(behind).isLessThan(ClusterScene.STALENESS.plusSeconds(5));
        server.begin();
        awaitServed(a, b);
      }
      awaitDecisions(history);
      history.check(b.http(), ClusterScene.STALENESS);
      requireSound(a);
      FaultTable.add("stop -m immediate", "64 deciders", ROUNDS);
    }
  }

  /// The database is promoted while the former primary still runs. One server reaches that alone,
  /// the others both.
  @Test
  @Tag("all")
  void aServerOfTheFormerPrimaryServesAndDecidesNothing() {
    try (PostgresServer former = PostgresServer.start()) {
      ClusterScene.Places first = ClusterScene.Places.of(former);
      try (PostgresServer promoted = former.standby();
          ClusterScene scene =
              new ClusterScene(registry, first.at(former.address(), promoted.address()));
          HistoryRecorder history = new HistoryRecorder(crates)) {
        awaitStandby(former);
        SceneNode cut = scene.add("cut", List.of(former.address()), gate -> gate).start();
        SceneNode b = scene.add("b").start();
        awaitServed(cut, b);
        history.start("cut", cut, 4, DOWNLOADERS);
        history.start("b", b, 4, DOWNLOADERS);
        awaitDecisions(history);

        promoted.promote();

        awaitBehind(cut);
        awaitServed(b);
        awaitDecisions(history);
        assertThat(cut.http().index("crate0").status()).isEqualTo(503);
        assertThat(cut.isReady()).isFalse();
        assertThat(history.send(Kind.DENY, "cut", cut.http(), "crate0@1.0.0"))
            .isEqualTo(Result.UNKNOWN);
        assertThat(former.number("postgres", "SELECT 1")).isEqualTo(1);
        // A request to this server ends with it.
        cut.kill();
        history.check(b.http(), ClusterScene.STALENESS);
        requireSound(b);
        FaultTable.add("promotion", "former primary runs on", 1);
      }
    }
  }

  @Test
  @Tag("all")
  void serversWaitForALostStandbyAndGoOnWithoutARestart() {
    try (PostgresServer primary = PostgresServer.start();
        TcpProxy link = TcpProxy.before(primary.address().port())) {
      ClusterScene.Places places = ClusterScene.Places.of(primary);
      try (PostgresServer standby = primary.standby(link.port());
          ClusterScene scene = new ClusterScene(registry, places);
          HistoryRecorder history = new HistoryRecorder(crates)) {
        awaitStandby(primary);
        SceneNode a = scene.add("a").start();
        SceneNode b = scene.add("b").start();
        awaitServed(a, b);
        history.start("a", a, 4, DOWNLOADERS);
        history.start("b", b, 4, DOWNLOADERS);
        awaitDecisions(history);

        standby.stop();
        awaitBehind(a, b);
        standby.begin();
        awaitServed(a, b);
        awaitDecisions(history);
        FaultTable.add("standby lost", "", 1);

        link.part();
        awaitBehind(a, b);
        link.join();
        awaitServed(a, b);
        awaitDecisions(history);
        FaultTable.add("partition", "primary and standby", 1);

        history.check(a.http(), ClusterScene.STALENESS);
        requireSound(b);
      }
    }
  }

  /// All statements of both servers share one connection to the database.
  @Test
  @Tag("all")
  void aPoolerWithOneConnectionIsRestarted() {
    PostgresServer server = PostgresServer.shared();
    ClusterScene.Places direct = ClusterScene.Places.of(server);
    try (PgBouncer pooler = PgBouncer.start(server, 1);
        ClusterScene scene = new ClusterScene(registry, direct.at(pooler.address()));
        HistoryRecorder history = new HistoryRecorder(crates)) {
      SceneNode a = scene.add("a").start();
      SceneNode b = scene.add("b").start();
      awaitServed(a, b);
      history.start("a", a, 4, DOWNLOADERS);
      history.start("b", b, 4, DOWNLOADERS);
      for (int round = 0; round < ROUNDS; round++) {
        awaitDecisions(history);
        pooler.stop();
        awaitBehind(a, b);
        pooler.begin();
        awaitServed(a, b);
      }
      awaitDecisions(history);
      history.check(a.http(), ClusterScene.STALENESS);
      requireSound(b);
      FaultTable.add("pgbouncer restart", "pool of one connection", ROUNDS);
    }
  }
}

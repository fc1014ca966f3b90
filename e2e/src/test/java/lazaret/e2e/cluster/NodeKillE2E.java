package lazaret.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import lazaret.e2e.cluster.harness.ClusterScene;
import lazaret.e2e.cluster.harness.FaultTable;
import lazaret.e2e.cluster.harness.LedgerReader;
import lazaret.e2e.cluster.harness.NodeStep;
import lazaret.e2e.cluster.harness.SceneNode;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.Machine;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Fault;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.wire.Hold;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A server of two that is killed, or stopped by SIGSTOP for longer than a lease, at each step of
/// an admission, a decision and a beat.
@Tag("ci")
class NodeKillE2E {
  /// The number of kills at each step. `-Dlazaret.cluster.kills=20` is for a long run.
  private static final int KILLS =
      Integer.getInteger("lazaret.cluster.kills", Machine.all() ? 5 : 1);

  /// The number of stops at each step.
  private static final int STOPS = Integer.getInteger("lazaret.cluster.stops", 1);

  private static final int ROUNDS = Math.max(KILLS, STOPS);
  private static final Duration STOP = Duration.ofSeconds(15);

  /// The term of a lease, and the time in which another server looks for it.
  private static final Duration TERM = Duration.ofSeconds(11);

  /// The term within which another server leads.
  private static final Duration LEADER_TERM = Duration.ofSeconds(10);

  /// The time for the work itself on a busy machine.
  private static final Duration MARGIN = Duration.ofSeconds(9);

  private static final String UNNAMED =
      """
      SELECT count(*) FROM lazaret.artifact a LEFT JOIN lazaret.object o USING (sha256, generation)
      WHERE o.state IS DISTINCT FROM 1
      """;

  private final List<CrateBuilder> fetched =
      IntStream.range(0, ROUNDS)
          .mapToObj(n -> CrateBuilder.crate("fetched", "1." + n + ".0"))
          .toList();
  private final List<String> acknowledged = new ArrayList<>();
  private ClusterScene scene;
  private SceneNode a;
  private SceneNode b;

  @BeforeEach
  void start() {
    FixtureRegistry registry = new FixtureRegistry();
    for (int n = 0; n < ROUNDS; n++) {
      Crates.addAged(
          registry,
          fetched.get(n),
          CrateBuilder.crate("decided" + n, "1.0.0"),
          CrateBuilder.crate("other", "1." + n + ".0"));
    }
    scene = new ClusterScene(registry, ClusterScene.Places.of(PostgresServer.shared()));
    a = scene.add("a").start();
    b = scene.add("b").start();
  }

  @AfterEach
  void stop() {
    if (scene != null) {
      scene.close();
    }
  }

  static List<NodeStep> killed() {
    return Machine.all() ? List.of(NodeStep.values()) : List.of(NodeStep.DECISION_COMMIT);
  }

  static List<NodeStep> stopped() {
    return Machine.all() ? List.of(NodeStep.values()) : List.of(NodeStep.ADMISSION_COMMIT);
  }

  @ParameterizedTest
  @MethodSource("killed")
  void aKilledServerLosesNothingAndTheOtherGoesOn(NodeStep step) throws Exception {
    for (int round = 0; round < KILLS; round++) {
      FutureTask<Boolean> client = held(step, round);
      a.kill();
      otherGoesOn(round);
      if (round % 2 == 1) {
        // Else what was held arrives after the end of its sender.
        a.wire().drop();
      }
      a.heal();
      settle(client, step, round);
      a.start();
    }
    check();
    FaultTable.add("kill -9", step.name(), KILLS);
  }

  @ParameterizedTest
  @Tag("all")
  @MethodSource("stopped")
  void aServerThatSleepsForLongerThanALeaseDoesNoHarm(NodeStep step) throws Exception {
    for (int round = 0; round < STOPS; round++) {
      FutureTask<Boolean> client = held(step, round);
      long begun = System.nanoTime();
      a.pause();
      otherGoesOn(round);
      if (step.isAdmission()) {
        requireServed(b, fetched.get(round));
        assertThat(since(begun)).isLessThan(TERM.plus(MARGIN));
      }
      Thread.sleep(STOP.minus(since(begun)));
      a.resume();
      a.heal();
      settle(client, step, round);
    }
    check();
    FaultTable.add("SIGSTOP 15 s", step.name(), STOPS);
  }

  @Test
  @Tag("all")
  void anotherServerLeadsWithinTheTermOfAKilledLeader() {
    GateScene.await("a leader", () -> a.leads() != b.leads());
    SceneNode leader = a.leads() ? a : b;
    SceneNode other = a.leads() ? b : a;
    long begun = System.nanoTime();

    leader.kill();

    GateScene.await("another leader", other::leads);
    assertThat(since(begun)).isLessThan(LEADER_TERM);
    FaultTable.add("until another server leads", since(begun).toNanos());
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static String reason(int round) {
    return "decided in round " + round;
  }

  /// Starts a request to the first server, and waits until its message of the step is held.
  private FutureTask<Boolean> held(NodeStep step, int round) {
    String crate = "decided" + round;
    for (String each : List.of(crate, "fetched", "other")) {
      GateScene.await("the index of " + each, () -> a.http().index(each).status() == 200);
    }
    if (step == NodeStep.ADMISSION_LEASE_EXTENDED && round == 0) {
      scene.upstream().script("/crates/fetched/*", new Fault.Delay(Duration.ofSeconds(5)));
    }
    Hold hold = new Hold();
    step.hold(a, crate, hold);
    HttpProbeClient http = a.http();
    FutureTask<Boolean> client =
        new FutureTask<>(
            () -> {
              if (step.isDecision()) {
                return isDecided(http, crate + "@1.0.0", reason(round));
              }
              return step.isAdmission() && isServed(http, fetched.get(round));
            });
    Thread.ofVirtual().start(client);
    hold.awaitReached();
    return client;
  }

  /// Takes note of a decision that was acknowledged.
  private void settle(FutureTask<Boolean> client, NodeStep step, int round) throws Exception {
    if (client.get() && step.isDecision()) {
      acknowledged.add(reason(round));
    }
  }

  private static boolean isDecided(HttpProbeClient http, String version, String reason) {
    try {
      return http.decide("deny", reason, version).status() == 200;
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  private static boolean isServed(HttpProbeClient http, CrateBuilder crate) {
    try {
      HttpProbeClient.Answer answer = http.artifact(crate.id());
      if (answer.status() == 200) {
        assertThat(answer.body()).isEqualTo(crate.build());
      }
      return answer.status() == 200;
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  private static void requireServed(SceneNode node, CrateBuilder crate) {
    GateScene.await(crate.folder(), () -> isServed(node.http(), crate));
  }

  /// Requires that the second server serves and decides within the time of a lease.
  private void otherGoesOn(int round) {
    long begun = System.nanoTime();
    GateScene.await("the index at b", () -> b.http().index("other").status() == 200);
    String reason = "other in round " + round;
    GateScene.await(
        "a decision at b", () -> isDecided(b.http(), "other@1.%d.0".formatted(round), reason));
    assertThat(since(begun)).isLessThan(TERM.plus(MARGIN));
    acknowledged.add(reason);
  }

  private void check() {
    scene.upstream().heal();
    GateScene.await("both serve", () -> a.isReady() && b.isReady());
    for (SceneNode node : List.of(a, b)) {
      fetched.forEach(crate -> requireServed(node, crate));
      assertThat(node.http().order("/fsck", "{}").text()).contains("\"faults\":[]");
    }
    assertThat(LedgerReader.reasons(b.http()).values()).containsAll(acknowledged);
    assertThat(scene.number(UNNAMED)).isZero();
    assertThat(scene.places().objects().artifacts())
        .extracting(ObjectKey::name)
        .containsAll(scene.namedObjects());
  }
}

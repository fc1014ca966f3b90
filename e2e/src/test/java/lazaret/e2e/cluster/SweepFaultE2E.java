package lazaret.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import lazaret.e2e.cluster.harness.ClusterScene;
import lazaret.e2e.cluster.harness.FaultTable;
import lazaret.e2e.cluster.harness.SceneNode;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ObjectPlace;
import lazaret.e2e.harness.WorkFolder;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.storage.provider.ProvidedStore;
import lazaret.storage.provider.StoreProvider;
import lazaret.storage.provider.StoreSettings;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.ManualClock;
import lazaret.testkit.RequestNumber;
import lazaret.testkit.objects.FaultyObjectProxy;
import lazaret.testkit.objects.ObjectFault;
import lazaret.testkit.wire.Hold;
import lazaret.testkit.wire.PostgresWireProxy;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Sweeps of objects that end, or stop for long, at each of their steps, while another node sweeps
/// and a server stores artifacts. The nodes that sweep are in the process of the test, each behind
/// proxies of its own: others see the same of them as of a server that is killed or stopped.
@Tag("all")
class SweepFaultE2E {
  private static final int ROUNDS =
      Integer.getInteger("lazaret.cluster.kills", Machine.all() ? 20 : 2);

  /// Makes all rows of uploads older than the grace period.
  private static final String AGE = "UPDATE lazaret.object SET at = at - interval '2 h'";

  /// An upload that its node did not complete, or whose artifact was dropped.
  private static final String ROW =
      """
      INSERT INTO lazaret.object (sha256, generation, state, length, node, at)
      VALUES (decode('%s', 'hex'), %d, %d, 4, 1, clock_timestamp() - interval '2 h')
      """;

  private final List<CrateBuilder> crates =
      IntStream.range(0, ROUNDS + 1)
          .mapToObj(n -> CrateBuilder.crate("alpha", "1." + n + ".0"))
          .toList();
  private ClusterScene scene;
  private SceneNode server;
  private Sweeper one;
  private Sweeper two;

  /// A step of a sweep.
  private enum Step {
    GIVE_UP,
    GIVEN_UP,
    DEAD_READ,
    DELETE,
    DELETED,
    FORGET,
    FORGOTTEN,
    LISTED,
    UNNAMED_READ;

    void hold(Sweeper sweeper, Hold hold) {
      switch (this) {
        case GIVE_UP -> sweeper.wire().holdRequest(statement("SKIP LOCKED"), hold);
        case GIVEN_UP -> sweeper.wire().holdReply(statement("SKIP LOCKED"), hold);
        case DEAD_READ -> sweeper.wire().holdReply(statement("WHERE state = 2 AND at <"), hold);
        case FORGET -> sweeper.wire().holdRequest(statement("DELETE FROM lazaret.object"), hold);
        case FORGOTTEN ->
            sweeper
                .wire()
                .holdReply(
                    PostgresWireProxy.Statement.first("DELETE FROM lazaret.object", "COMMIT"),
                    hold);
        case UNNAMED_READ ->
            sweeper.wire().holdReply(statement("SELECT k.sha256, k.generation"), hold);
        case DELETE -> script(sweeper, new ObjectFault.HoldRequest(hold));
        case DELETED -> script(sweeper, new ObjectFault.HoldReply(hold));
        // Two lists before it look for heads of other clusters.
        case LISTED ->
            sweeper
                .objects()
                .script("GET", "*", RequestNumber.only(3), new ObjectFault.HoldReply(hold));
      }
    }

    private static PostgresWireProxy.Statement statement(String text) {
      return PostgresWireProxy.Statement.first("", text);
    }

    private static void script(Sweeper sweeper, ObjectFault fault) {
      sweeper.objects().script("DELETE", "*/objects/*", RequestNumber.only(1), fault);
    }
  }

  /// A node that sweeps when a test calls it. Its clock chooses the folder of the bucket to list.
  private record Sweeper(
      PostgresWireProxy wire, FaultyObjectProxy objects, ManualClock clock, ProvidedStore store)
      implements AutoCloseable {
    static Sweeper open(ClusterScene scene, String name) {
      ObjectPlace place = scene.places().objects();
      PostgresWireProxy wire = PostgresWireProxy.before(scene.places().hosts().getFirst().port());
      FaultyObjectProxy objects = FaultyObjectProxy.before(place.port());
      ManualClock clock = new ManualClock(Instant.parse("2026-11-24T12:00:00Z"));
      Path data = WorkFolder.folder(name);
      StoreSettings settings =
          new StoreSettings(
              new StoreSettings.Node(name, "test", data, scene.places().maxStaleness()),
              new StoreSettings.Database(
                  List.of("127.0.0.1:" + wire.port()),
                  scene.places().database(),
                  new StoreSettings.Login(PostgresServer.USER, null),
                  new StoreSettings.Transport(false, null),
                  4,
                  false,
                  true),
              place.settings(objects.port()),
              Duration.ofHours(1));
      return new Sweeper(
          wire, objects, clock, StoreProvider.find().orElseThrow().open(settings, clock));
    }

    /// Runs a round, which lists the folder of the next hour.
    ///
    /// @return whether the database and the object store answered
    boolean sweep() {
      clock.advance(Duration.ofHours(1));
      try {
        store.tasks().sweep();
        return true;
      } catch (LazaretException _) {
        return false;
      }
    }

    @Override
    public void close() {
      wire.heal();
      objects.heal();
      store.store().close();
      wire.close();
      objects.close();
    }
  }

  @BeforeEach
  void start() {
    FixtureRegistry registry = Crates.aged(crates.toArray(CrateBuilder[]::new));
    scene = new ClusterScene(registry, ClusterScene.Places.of(PostgresServer.shared()));
    server = scene.add("server").start();
    one = Sweeper.open(scene, "one");
    two = Sweeper.open(scene, "two");
  }

  @AfterEach
  void stop() {
    if (scene == null) {
      return;
    }
    for (Sweeper sweeper : new Sweeper[] {one, two}) {
      if (sweeper != null) {
        sweeper.close();
      }
    }
    scene.close();
  }

  static List<String> steps() {
    return Machine.all()
        ? Arrays.stream(Step.values()).map(Step::name).toList()
        : List.of(Step.DELETE.name());
  }

  @ParameterizedTest
  @MethodSource("steps")
  void aSweepThatEndsOrStopsLosesNoObjectThatIsNamed(String name) throws Exception {
    Step step = Step.valueOf(name);
    requireServed(crates.getFirst());
    for (int round = 0; round < ROUNDS; round++) {
      leaveOver(round);
      Hold hold = new Hold();
      step.hold(one, hold);
      FutureTask<Boolean> sweep = new FutureTask<>(one::sweep);
      Thread.ofVirtual().start(sweep);
      hold.awaitReached();

      assertThat(two.sweep()).isTrue();
      requireServed(crates.get(round + 1));
      if (round % 2 == 0) {
        // The node is killed: what it sent last arrives, or not, and nothing follows.
        one.wire().drop();
      }
      one.wire().heal();
      one.objects().heal();
      Boolean _ = sweep.get();
      // The first round after the loss of all connections may fail.
      GateScene.await("a sweep that ends", one::sweep);
    }
    checkAll();
    FaultTable.add("sweep: killed, stopped", step.name(), ROUNDS);
  }

  /// A list of the bucket with another byte names an object that is not there.
  @Test
  @Tag("all")
  void noFaultOfTheObjectStoreDeletesWhatIsNamed() throws Exception {
    List<ObjectFault> faults =
        List.of(
            ObjectFault.overloaded(),
            ObjectFault.missing(),
            ObjectFault.otherByte(),
            ObjectFault.halfBody(),
            new ObjectFault.LoseRequest(),
            new ObjectFault.LoseReply(),
            new ObjectFault.CutReply(10),
            new ObjectFault.Delay(Duration.ofSeconds(30)));
    crates.forEach(this::requireServed);
    for (int round = 0; round < faults.size(); round++) {
      leaveOver(round);
      for (String method : List.of("DELETE", "GET")) {
        one.objects().script(method, "*", faults.get(round));
        boolean _ = one.sweep();
        one.objects().heal();
      }
    }
    checkAll();
    FaultTable.add("objects: 8 faults", "sweep, DELETE and LIST", 2L * faults.size());
  }

  private void requireServed(CrateBuilder crate) {
    GateScene.await(
        crate.folder(),
        () -> {
          var answer = server.http().artifact(crate.id());
          return answer.status() == 200 && answer.body().equals(crate.build());
        });
  }

  /// Leaves an upload that was not completed, a dropped artifact, and objects without a row.
  private void leaveOver(int round) throws Exception {
    Sha256 begun = Sha256.of(Bytes.utf8("begun " + round));
    Sha256 dead = Sha256.of(Bytes.utf8("dead " + round));
    long generation = 1_000_000L + round;
    scene.execute(ROW.formatted(begun.hex(), generation, 0));
    scene.execute(ROW.formatted(dead.hex(), generation, 2));
    try (ObjectStore bucket = scene.places().objects().open(scene.places().objects().port())) {
      for (Sha256 each : List.of(begun, dead, Sha256.of(Bytes.utf8("late " + round)))) {
        bucket.put(new ObjectKey.Artifact(each, generation).key(), Bytes.utf8("left"));
      }
      if (round == 0) {
        // Each folder has an object, so that each list leads to a read of rows.
        for (int folder = 0; folder < ObjectKey.ARTIFACT_FOLDERS; folder++) {
          String hex = "%02x".formatted(folder).repeat(32);
          bucket.put(
              new ObjectKey.Artifact(Sha256.parse(hex), generation).key(), Bytes.utf8("left"));
        }
      }
    }
  }

  /// Sweeps all folders, and compares the bucket with the rows and with what the server serves.
  private void checkAll() {
    for (int round = 0; round < 2; round++) {
      scene.execute(AGE);
      for (int folder = 0; folder < ObjectKey.ARTIFACT_FOLDERS; folder++) {
        assertThat(two.sweep()).isTrue();
      }
    }
    List<String> kept = scene.places().objects().artifacts().stream().map(ObjectKey::name).toList();
    assertThat(kept).containsExactlyInAnyOrderElementsOf(scene.namedObjects());
    // A new server has none of them in memory.
    SceneNode other = scene.add("other").start();
    List<String> missing = new ArrayList<>();
    for (CrateBuilder crate : crates) {
      if (!other.http().artifact(crate.id()).body().equals(crate.build())) {
        missing.add(crate.folder());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(other.http().order("/fsck", "{}").text()).contains("\"faults\":[]");
  }
}
